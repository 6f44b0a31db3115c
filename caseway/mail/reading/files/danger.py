"""Files that can do harm when they are opened: held until somebody decides."""

import re

# Endings that Outlook and Gmail block, disk images that hide them, and what browsers run.
_ENDINGS = (
    "ade adp apk app appcontent-ms application appref-ms appx asp aspx bas bat cab cer chm cmd cnt "
    "com cpl crt csh der diagcab dll dmg docm dotm ex ex_ exe fxp gadget grp hlp hpj hta htc htm "
    "html img inf ins iso isp its jar jnlp js jse jsp ksh lib library-ms lnk mad maf mag mam maq "
    "mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh2 msi msix msp "
    "mst msu nsh one onepkg ops osd pcd phar php php3 php4 php5 pht phtml pif pl plg potm ppam ppsm "
    "pptm prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pst py pyc pyo pyw "
    "pyz pyzw rb reg scf scr sct sh shb shs shtml sldm svg svgz swf sys theme tmp url vb vbe vbp "
    "vbs vhd vhdx vsmacros vsw vxd webpnp website ws wsb wsc wsf wsh xbap xht xhtml xlam xll xlsm "
    "xltm xml xnk xsl xslt"
)
ENDINGS = frozenset(_ENDINGS.split())
_TYPES = (
    "text/html application/xhtml+xml image/svg+xml application/xml text/xml application/x-php "
    "text/x-shellscript application/vnd.microsoft.portable-executable application/x-elf "
    "application/java-vm application/x-ms-shortcut application/vnd.ms-htmlhelp application/onenote "
    "application/x-msdownload application/x-executable application/x-shockwave-flash "
    "text/javascript application/javascript"
)
TYPES = frozenset(_TYPES.split())
# The harmless file that scanners recognise, cut so that none recognises this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MACROS = (b"vbaProject.bin", b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", b"xl/macrosheets/")
RUNS_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch)\s*[(/<\[]")
NAME_IN_ZIP = re.compile(rb"PK\x01\x02.{24}(..).{16}", re.DOTALL)

MOST_NAMES = 5_000


def is_dangerous(name: str, kind: str, content: bytes) -> bool:
    """Say whether a file should be held: by its ending, its type, or what is inside."""
    if _ending(name) in ENDINGS or kind in TYPES or EICAR in content:
        return True
    if kind == "application/pdf":
        return RUNS_IN_PDF.search(content) is not None
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return any(macro in content for macro in MACROS) or _holds_dangerous_name(content)
    return False


def _ending(name: str) -> str:
    return name.rstrip(" .").rpartition(".")[2].lower()


def _holds_dangerous_name(content: bytes) -> bool:
    """Look at the names that an archive lists; nothing is unpacked.

    Office files list parts that are XML by nature, so only what runs by itself counts there.
    """
    harmless = {"xml"} if b"[Content_Types].xml" in content else set()
    for count, entry in enumerate(NAME_IN_ZIP.finditer(content)):
        if count == MOST_NAMES:
            break
        length = int.from_bytes(entry[1], "little")
        name = content[entry.end() : entry.end() + length].decode("utf-8", "replace")
        if _ending(name) in ENDINGS - harmless:
            return True
    return False
