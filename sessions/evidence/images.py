"""Photos and scans, drawn anew: nothing but the pixels of the upload survives. Knows no Django."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from units.spreadsheets.gate import RefusedError

MAX_PIXELS = 50_000_000
JPEG_QUALITY = 88
# Phones write several pictures into one JPEG file, which Pillow calls MPO.
_PARSERS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",)}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def clean_image(data: bytes, key: str) -> bytes:
    """The same picture, upright, without place, device, comments, colour profile or appendix.

    Raises RefusedError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=_PARSERS[key]) as source:
                source.load()
                return _redrawn(ImageOps.exif_transpose(source), key)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise RefusedError("too_many_pixels", millions=MAX_PIXELS // 1_000_000) from error
        except UnidentifiedImageError as error:
            raise RefusedError("mismatch") from error
        except (OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError) as error:
            raise RefusedError("damaged") from error


def _redrawn(source: Image.Image, key: str) -> bytes:
    has_alpha = key == "png" and (
        source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info
    )
    mode = "RGBA" if has_alpha else "L" if source.mode in ("1", "L") else "RGB"
    pixels = source.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    if key == "jpg":
        clean.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        clean.save(out, "PNG")
    return out.getvalue()
