"""PostgreSQL's memory, fitted to the machine."""

import os
from pathlib import Path

MB = 1024 * 1024
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def machine_memory() -> int:
    """Bytes that this machine, or the container we are in, has."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for limit in LIMITS:
        try:
            total = min(total, int(limit.read_text()))
        except (OSError, ValueError):  # absent, or the word `max`
            continue
    return total


def memory_settings(total: int) -> dict[str, str]:
    """Settings for a server that shares a machine of `total` bytes with Caseway's own processes."""
    return {
        "shared_buffers": _megabytes(total // 8, 64, 4096),
        "effective_cache_size": _megabytes(total // 2, 256, 65536),
        "maintenance_work_mem": _megabytes(total // 32, 64, 1024),
        "work_mem": _megabytes(total // 1024, 4, 32),
        "max_wal_size": "2GB" if total > 4096 * MB else "1GB",
    }


def _megabytes(wanted: int, least: int, most: int) -> str:
    return f"{min(max(wanted // MB, least), most)}MB"
