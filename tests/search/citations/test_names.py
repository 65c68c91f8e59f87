"""Names of people in parts and names of bodies whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.citations.names import Name, is_et_al, name_of
from search.citations.pieces import one_line
from search.model.document import Person

PEOPLE = {
    "James B. Godwin III": Name("Godwin", "James B.", suffix="III"),
    "Godwin, James B., III": Name("Godwin", "James B.", suffix="III"),
    "Ross Perot Jr.": Name("Perot", "Ross", suffix="Jr."),
    "Ludwig van Beethoven": Name("Beethoven", "Ludwig", "van"),
    "de Gaulle, Charles": Name("Gaulle", "Charles", "de"),
    "Sir Tim Berners-Lee": Name("Berners-Lee", "Tim"),
    "John Smith, PhD": Name("Smith", "John"),
    "Smith, John, 1920-1999": Name("Smith", "John"),
    "Käthe Brandt (1860–1920)": Name("Brandt", "Käthe"),
    "José Ortega y Gasset": Name("Ortega y Gasset", "José"),
    "Major Garrett": Name("Garrett", "Major"),
    "Frank Church": Name("Church", "Frank"),
    "R. Chandrashekhar": Name("Chandrashekhar", "R."),
    "M. Night Shyamalan": Name("Shyamalan", "M. Night"),
    "King, Martin Luther, Jr.": Name("King", "Martin Luther", suffix="Jr."),
    "Vincent van Gogh III": Name("Gogh", "Vincent", "van", "III"),
    "van der Meer, Jan": Name("Meer", "Jan", "van der"),
    "Saint-Exupéry, Antoine de": Name("Saint-Exupéry", "Antoine", "de"),
    "O'Brien, Conor Cruise": Name("O'Brien", "Conor Cruise"),
    "Mohammed bin Salman": Name("Salman", "Mohammed", "bin"),
    "Gen. (Ret.) James Jones": Name("Jones", "James"),
    "Ann Lee, editor": Name("Lee", "Ann"),
    "Lee, Ann (ed.)": Name("Lee", "Ann"),
    "Lee, Ann, eds.": Name("Lee", "Ann"),
    "Maria de Sa": Name("Sa", "Maria", "de"),
    "Kim Sin Jo": Name("Jo", "Kim Sin"),
    "Prince Rogers Nelson": Name("Nelson", "Prince Rogers"),
    "Rembrandt van der Meer": Name("Meer", "Rembrandt", "van der"),
    "Walter de la Mare": Name("Mare", "Walter", "de la"),
    "Carlos de los Ríos": Name("Ríos", "Carlos", "de los"),
    "María José de la Cruz y Gómez": Name("Cruz y Gómez", "María José", "de la"),
    "Abu Bakr al-Baghdadi": Name("al-Baghdadi", "Abu Bakr"),
    "Prof. Dr. Hans Müller": Name("Müller", "Hans"),
    "John (Jack) Kennedy": Name("Kennedy", "John"),
    "William Gates, III": Name("Gates", "William", suffix="III"),
    "Robert Downey Jr": Name("Downey", "Robert", suffix="Jr"),
    "Smith, John, ca. 1500-1560": Name("Smith", "John"),
    "Davis Hake et al.": Name("Hake", "Davis", has_others=True),
    "Hake, Davis, u.a.": Name("Hake", "Davis", has_others=True),
    "García, Ana y otros": Name("García", "Ana", has_others=True),
    "Camara, Laye": Name("Camara", "Laye"),
    "Anna Kreuz": Name("Kreuz", "Anna"),
}
WHOLE = [
    "Ministry of Culture and Sport", "EastWest Institute", "Barnes, Noble, and Co.", "Internet Society of China", "3M", "UNESCO",
    "The Daily Planet", "Bundesministerium für Bildung", "Université de Genève", "Министерство обороны", "清华大学", "王小明", "Plato",
    "Smith & Sons", "Amnesty International Ltd", "a, b, c, d",
    "European Union", "Amnesty International", "Associated Press", "Human Rights Watch", "Reporters Without Borders",
    "Médecins Sans Frontières", "Task Force on Cyber Security", "Deutsche Bundesbank", "Stadt Köln", "Ville de Paris",
    "Pope Francis", "Lord Byron", "Baroness Neville-Jones", "Queen Elizabeth II", "House of Commons", "Google LLC",
    "Ministerio de Asuntos Exteriores", "Junta de Andalucía", "Banco de España", "Cruz Roja Española", "Naciones Unidas",
    "Cámara de Comercio", "Editorial Planeta", "Real Academia Española", "Ministère des Affaires étrangères", "Nations Unies",
    "Comité international de la Croix-Rouge", "Conseil de l'Europe", "Éditions Gallimard", "Auswärtiges Amt", "Vereinte Nationen",
    "Deutsches Rotes Kreuz", "Landesarchiv Baden-Württemberg", "Verein für Heimatgeschichte e.V.", "Suhrkamp Verlag",
    "Anon.", "Anonymous", "Unbekannt", "김정은", "Pope John Paul II", "Dalai Lama XIV",
]  # fmt: skip


@pytest.mark.parametrize(("written", "name"), PEOPLE.items())
def test_people_have_a_family_name(written, name):
    assert name_of(Person(written)) == name


@pytest.mark.parametrize("written", WHOLE)
def test_bodies_and_single_names_stay_whole(written):
    assert name_of(Person(written)) == Name(literal=written)


@pytest.mark.parametrize(("entry", "is_others"), [("et al.", True), ("[et al.]", True), ("u. a.", True), ("Ann Lee", False), ("", False)])
def test_an_entry_that_names_no_one_says_that_there_are_others(entry, is_others):
    assert is_et_al(entry) is is_others


def test_what_the_editor_states_wins():
    assert name_of(Person("Zhou Yonglin", family="Zhou", given="Yonglin")) == Name("Zhou", "Yonglin")
    assert name_of(Person("Jan Verlag", is_body=True)) == Name(literal="Jan Verlag")
    assert name_of(Person("Ann Institute", is_body=False)) == Name("Institute", "Ann")
    assert name_of(Person("Lois Lane"), frozenset({"lois-lane"})) == Name(literal="Lois Lane")


@given(st.text(max_size=60))
def test_every_name_is_read_and_none_is_lost(written):
    name = name_of(Person(written))
    assert bool(name.surname) == bool(one_line(written))
