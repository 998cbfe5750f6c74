"""typst, started once, with only the faces that come with it: the same report is the same file on every machine."""

import threading

import typst

_compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True)
_one_at_a_time = threading.Lock()
PICTURE = b"""#set page(width: 160mm, height: auto, margin: 0pt)
#set text(font: "Libertinus Serif")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def pdf(template: bytes, data: str, made: int) -> bytes:
    """A tagged PDF (PDF/UA-1) of `template`, dated `made` (seconds since 1970). Raises typst.TypstError."""
    with _one_at_a_time:
        pages = _compiler.compile(
            template, format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=made
        )
    assert isinstance(pages, bytes)
    return pages


def png(svg: str) -> bytes:
    """A picture 160 mm wide at 180 dots an inch."""
    with _one_at_a_time:
        picture = _compiler.compile(PICTURE, format="png", ppi=180, sys_inputs={"svg": svg})
    assert isinstance(picture, bytes)
    return picture
