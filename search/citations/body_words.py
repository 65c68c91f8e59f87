"""Words that occur in the names of bodies and not in those of people, in the languages archives are kept in, folded.

Words that are also common family names (Church, Court, Press, Bank, Service) are left out: an editor states those bodies.
"""

from __future__ import annotations

BODY_WORDS = frozenset(
    # English
    "ministry department institute institution institutions university college academy association society council "
    "commission committee subcommittee centre center foundation fund organization organisation agency bureau office "
    "company corporation corp incorporated inc ltd llc llp plc museum library archive archives government parliament "
    "congress senate embassy consulate federation confederation league network alliance forum authority administration "
    "secretariat nations programme program project initiative taskforce coalition consortium partnership chamber laboratory "
    "laboratories observatory directorate municipality district county commonwealth republic kingdom state states "
    "union international associated rights federal national european bundesbank "
    "newspaper magazine journal publishers publications editors group gallery theatre "
    # German
    "ministerium bundesministerium auswartiges institut universitat hochschule stiftung verein gesellschaft archiv bibliothek "
    "verlag gmbh akademie verband kommission ausschuss zentrum landkreis gemeinde bundesamt heimatmuseum staatsarchiv "
    "nationen handelskammer partei gewerkschaft bundestag landtag bundesrat botschaft zeitung "
    # French
    "ministere universite ecole societe conseil fondation organisation agence musee bibliotheque gouvernement mairie academie "
    "unies chambre ambassade assemblee parti "
    "comite federation syndicat prefecture commune archeveche laboratoire editions "
    # Spanish
    "ministerio instituto universidad escuela asociacion sociedad consejo comision centro fundacion organizacion agencia museo "
    "biblioteca archivo gobierno academia ayuntamiento secretaria municipalidad confederacion federacion sindicato direccion "
    "naciones banco junta diputacion consejeria embajada tribunal parlamento partido editorial colegio archivos "
    # Portuguese
    "universidade escola associacao sociedade conselho comissao fundacao organizacao arquivo governo prefeitura "
    # Italian
    "ministero istituto universita associazione societa consiglio commissione fondazione organizzazione agenzia archivio governo "
    "comune accademia federazione sindacato spa srl "
    # Dutch, Scandinavian, Polish
    "ministerie instituut universiteit vereniging stichting archief rijksmuseum bibliotheek universitet universitetet institutt "
    "foreningen selskabet ministeriet ministerstwo instytut uniwersytet towarzystwo fundacja muzeum biblioteka "
    # Russian
    "министерство институт университет общество академия комитет центр фонд организация агентство музеи библиотека архив".split()
)
BODY_ENDINGS = (
    "ministerium", "universitat", "gesellschaft", "stiftung", "verein", "verband", "institut", "museum", "archiv", "bibliothek",
    "大学", "大學", "研究所", "研究院", "委员会", "委員会", "协会", "協会", "出版社",
    "博物馆", "博物館", "图书馆", "図書館", "公司", "会社", "대학교", "연구소",
)  # fmt: skip
"""Ends of compound words and of names written without spaces."""
