PAGES: dict[str, dict[str, int | str]] = {
    "instruments/": {"public": 3, "*": 5},
    "instruments/import/": {"public": "302", "secretariat": 3, "*": "403"},
    "instruments/oas13/1/": {"public": 6, "*": 8},
    "instruments/oas13/1/xlsform.xlsx": {"public": 5, "*": 7},
    "instruments/oas13/1/since/1/": {"public": 9, "*": 11},
    "instruments/oas13/9/": {"*": "404"},
    "instruments/new/": {"public": "302", "secretariat": 3, "*": "403"},
    "instruments/oas13/1/draft/": {"public": "302", "*": "405"},
    "instruments/oas13/1/publish/": {"public": "302", "secretariat": 4, "*": "403"},
    "instruments/oas13/1/retire/": {"public": "302", "secretariat": 4, "*": "403"},
    "instruments/oas13/1/delete/": {"public": "302", "secretariat": 4, "*": "403"},
    # A published version is not edited.
    "instruments/oas13/1/edit/": {"public": "302", "secretariat": "404", "*": "403"},
    "instruments/oas13/1/edit/description/": {"public": "302", "secretariat": "404", "*": "403"},
    "instruments/oas13/1/edit/change/": {"public": "302", "*": "405"},
    "instruments/oas13/1/edit/sections/": {"public": "302", "secretariat": "404", "*": "403"},
    "instruments/oas13/1/edit/sections/institution/": {"public": "302", "secretariat": "404", "*": "403"},
    "instruments/oas13/1/edit/sections/institution/questions/": {"public": "302", "secretariat": "404", "*": "403"},
    "instruments/oas13/1/edit/sections/institution/questions/q01/": {"public": "302", "secretariat": "404", "*": "403"},
}


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
