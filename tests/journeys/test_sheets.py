"""A list is taken away and edited in a spreadsheet; meanwhile somebody else edits on the page; the conflict is shown and chosen."""

from playwright.sync_api import expect

from ayni.accounts.models import User
from ayni.registry.models import Initiative
from tests.factories.sheets import Book, initiative


def test_a_list_comes_back_with_a_conflict(demonstration, signed_in, tmp_path):
    coordination = User.objects.get(email="coordinacion.br@demo.ayni")
    made = initiative(coordination, "BR-MDS", "CL-FOSIS", title={"es": "Registro único", "en": "Single registry"})
    mine, theirs = signed_in("focal-point"), signed_in("coordinacion.br@demo.ayni")

    mine.goto(f"/es/initiatives/?text={made.code}")
    with mine.expect_download() as download:
        mine.locator("a[href*='initiatives/export.xlsx']").click()
    path = tmp_path / "list.xlsx"
    download.value.save_as(path)
    book = Book(path.read_bytes())
    assert book.sheet.max_row == 2
    book.write(2, title_es="Registro social único", source="Acta de 2026")
    book.add(
        title_es="Otra iniciativa",
        institution="BR-MDS",
        role_code=book.value(2, "role_code"),
        type="regional",
        size="action",
    )
    path.write_bytes(book.saved())

    theirs.goto(f"/es/initiatives/{made.code}/edit/")
    theirs.fill("[name=title_es]", "Registro nacional")
    theirs.fill("[name=objective_es]", "Aprender.")
    theirs.locator("form.form button").click()
    theirs.wait_for_url(f"**/initiatives/{made.code}/")

    mine.goto("/es/initiatives/import/")
    mine.set_input_files("input[type=file]", path)
    mine.locator("form.form button").click()
    conflict = mine.locator("fieldset.conflict")
    expect(conflict).to_contain_text("Registro social único")
    expect(conflict).to_contain_text("Registro nacional")
    expect(mine.locator("table.diff")).to_contain_text("Otra iniciativa")
    assert Initiative.objects.get(pk=made.pk).title["es"] == "Registro nacional"
    conflict.locator("input[value=file]").check()
    mine.locator("form:has(fieldset) button").click()
    mine.wait_for_url("**/initiatives/")

    made.refresh_from_db()
    assert (made.title["es"], made.source) == ("Registro social único", "Acta de 2026")
    assert made.objective["es"] == "Aprender."
    assert Initiative.objects.get(title__es="Otra iniciativa").size == "action"
