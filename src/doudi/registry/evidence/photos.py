"""Photos (照片) made anew: upright, of a bearable size, without the place where they were taken."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from doudi.kernel.refusals import N_, Refusal

JPEG_MARK = b"\xff\xd8\xff"
PNG_MARK = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 50_000_000
"""More than a phone's camera makes; read before any pixel is unpacked."""
_LONGEST_SIDE = 3_000
"""Pixels: a page of A4 stays legible to its small print."""
_QUALITY = 88


def photo_anew(content: bytes) -> bytes:
    """The picture alone as a new JPEG: no EXIF, no profile, no thumbnail, nothing behind its end.

    Refuses IMG-PIXELS a picture of too many pixels, IMG-BROKEN one that can't be read whole.
    """
    try:
        return _made_anew(content)
    except Image.DecompressionBombError:
        raise _too_many() from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise Refusal("IMG-BROKEN", N_("照片打不开：文件已损坏或不完整，请重新拍摄")) from error


def _made_anew(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            raise _too_many()
        photo.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # a JPEG unpacks at a fraction
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        plain = _on_white(upright)
    fresh = Image.new("RGB", plain.size)
    fresh.paste(plain)
    written = io.BytesIO()
    fresh.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _on_white(photo: Image.Image) -> Image.Image:
    """The picture in three colours; what is transparent shows white paper."""
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    layered = photo.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _too_many() -> Refusal:
    return Refusal("IMG-PIXELS", N_("照片的像素太多（超过五千万），请缩小后再传"))
