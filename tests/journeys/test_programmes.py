"""A catalogue is filled from a workbook, found and corrected; an expert agrees, is found for missions, and withdraws."""

from datetime import date
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from ayni.directory.models import Expert, Institution, Programme
from ayni.directory.queries.experts import available


def filled_in(path: Path, programme: list[str], component: list[str]) -> Path:
    """The template with a programme and a component written below its titles."""
    book = openpyxl.load_workbook(path)
    for sheet, told in (("programmes", programme), ("components", component)):
        titles = {cell.value: cell.column for cell in book[sheet][1]}
        row = book[sheet].max_row + 1
        for pair in told:
            title, text = pair.split("=")
            book[sheet].cell(row, titles[title], text)
    done = path.with_name("filled.xlsx")
    book.save(done)
    return done


def test_from_a_template_to_the_catalogue(demonstration, signed_in, tmp_path):
    page = signed_in("focal-point")
    page.goto("/pt/programmes/load/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Modelo").click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    programme = [
        "code=BR-PAIF",
        "country=Brasil",
        "institution=BR-MDSS",
        "name_pt=Atendimento à Família",
        "quadrants=Q4",
    ]
    component = ["programme=BR-PAIF", "code=visits", "name_pt=Visitas domiciliares", "needs=BR-PBF/conditionalities"]

    page.set_input_files("input[type=file]", filled_in(template, programme, component))
    page.get_by_role("button", name="Ver o que mudaria").click()
    expect(page.get_by_text("Nada foi gravado", exact=False)).to_be_visible()
    expect(page.get_by_text("Você quis dizer", exact=False)).to_be_visible()
    assert not Programme.objects.filter(code="BR-PAIF").exists()

    programme[2] = "institution=BR-MDS"
    page.set_input_files("input[type=file]", filled_in(template, programme, component))
    page.get_by_role("button", name="Ver o que mudaria").click()
    page.get_by_role("button", name="Carregar o arquivo").click()
    expect(page.get_by_text("2 linhas foram adicionadas ou alteradas")).to_be_visible()

    page.get_by_label("Texto").fill("atendimento familia")
    page.get_by_role("button", name="Aplicar").click()
    expect(page.get_by_text("1 programa", exact=True)).to_be_visible()
    page.get_by_role("link", name="Atendimento à Família").click()
    page.get_by_role("link", name="Acompanhamento de condicionalidades").click()
    expect(page.get_by_role("heading", name="Programa Bolsa Família")).to_be_visible()

    page.goto("/pt/programmes/BR-PAIF/components/visits/edit/")
    page.get_by_label("Base legal (Português)").fill("Tipificação de 2009")
    page.get_by_role("button", name="Salvar").click()
    page.goto("/fr/programmes/BR-PAIF/")
    expect(page.get_by_text("Tipificação de 2009")).to_be_visible()


def test_an_expert_agrees_is_found_and_withdraws(demonstration, signed_in):
    focal = signed_in("focal-point")
    focal.goto("/en/experts/add/")
    focal.get_by_label("Name").fill("Teresa Barros")
    focal.get_by_label("Q1 System design").check()
    focal.get_by_label("Teaching").select_option(label="teaches regularly")
    focal.get_by_role("button", name="Enter the profile").click()
    expect(focal.get_by_text("Not given yet")).to_be_visible()
    teresa = Expert.objects.get(name="Teresa Barros")
    observer = signed_in("observer")
    assert observer.goto(f"/en/experts/{teresa.pk}/").status == 404

    focal.get_by_role("link", name="Set the twelve months").click()
    expect(focal.locator("main input[type=number]")).to_have_count(12)
    for field in focal.locator("main input[type=number]").all():
        field.fill("4")
    focal.get_by_role("button", name="Save").click()
    focal.get_by_role("link", name="Read the text and give the consent").click()
    focal.get_by_role("button", name="The person has signed this").click()
    expect(focal.get_by_text("may be proposed for missions")).to_be_visible()

    observer.goto("/es/experts/?quadrant=Q1")
    observer.get_by_role("link", name=f"Persona experta {teresa.pk}").click()
    expect(observer.get_by_text("da clases con regularidad")).to_be_visible()
    expect(observer.get_by_text("Teresa")).to_have_count(0)

    def found() -> set[int]:
        every = Institution.objects.values_list("pk", flat=True)
        return {one.expert for one in available(institutions=every, since=date.today())}

    assert teresa.pk in found()
    focal.get_by_role("link", name="Withdraw the consent").click()
    focal.get_by_role("button", name="Withdraw").click()
    expect(focal.get_by_text("Personal data are no longer shown")).to_be_visible()
    assert teresa.pk not in found()
    expect(focal.get_by_text("Teresa")).to_have_count(0)
