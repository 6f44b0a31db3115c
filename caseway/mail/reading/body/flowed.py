"""Text that flows: lines that the sender's program broke are joined again (RFC 3676)."""

SIGNATURE_MARK = "-- "


def unflowed(text: str, *, delete_space: bool) -> str:
    """Join soft-broken lines of format=flowed text; quoted lines keep their ">" marks."""
    paragraphs: list[list[str]] = []
    depth_before, open_before = 0, False
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        is_mark = content == SIGNATURE_MARK
        soft = content.endswith(" ") and not is_mark
        if open_before and depth == depth_before and not is_mark:
            paragraphs[-1].append(content[:-1] if soft and delete_space else content)
        else:
            marks = ">" * depth + (" " if depth else "")
            paragraphs.append([marks, content[:-1] if soft and delete_space else content])
        depth_before, open_before = depth, soft
    return "\n".join("".join(pieces) for pieces in paragraphs)
