PAGES: dict[str, dict[str, int | str]] = {
    "instruments/": {"public": 3, "*": 5},
    "instruments/import/": {"public": "302", "secretariat": 3, "*": "403"},
    "instruments/oas13/1/": {"public": 6, "*": 8},
    "instruments/oas13/1/xlsform.xlsx": {"public": 5, "*": 7},
    "instruments/oas13/1/since/1/": {"public": 9, "*": 11},
    "instruments/oas13/9/": {"*": "404"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
