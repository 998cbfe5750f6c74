"""Phrases of the field in Spanish, Portuguese and English, each with other wordings: what benchmarks/linkage.py writes records from.

The linkage itself never reads this file. A phrase is `es / es ... | pt / pt ... | en / en ...`, broken after a bar where it is long.
"""

LANGUAGES = ("es", "pt", "en")
Phrase = tuple[tuple[str, ...], ...]  # of each language, its wordings


def _read(lines: str) -> list[Phrase]:
    rows = [line for line in lines.replace("|\n", "| ").splitlines() if line.strip()]
    return [tuple(tuple(one.strip() for one in part.split("/")) for part in line.split("|")) for line in rows]


ACTIONS = _read("""
fortalecimiento de / apoyo al fortalecimiento de |
fortalecimento de / apoio ao fortalecimento de |
strengthening of / support to the strengthening of
diseño de / formulación de | desenho de / formulação de | design of / formulation of
implementación de / puesta en marcha de | implementação de / implantação de | implementation of / roll-out of
intercambio de experiencias sobre / intercambio técnico sobre |
intercâmbio de experiências sobre / troca de experiências sobre |
exchange of experiences on / technical exchange on
asistencia técnica para / asesoría técnica en |
assistência técnica para / assessoria técnica em |
technical assistance for / technical advice on
capacitación en / formación en | capacitação em / formação em | training in / capacity building in
evaluación de / evaluación de impacto de | avaliação de / avaliação de impacto de | evaluation of / impact evaluation of
monitoreo y seguimiento de / sistema de seguimiento de |
monitoramento e acompanhamento de / sistema de acompanhamento de |
monitoring of / follow-up system of
modernización de / renovación de | modernização de / renovação de | modernisation of / renewal of
ampliación de / expansión de | ampliação de / expansão de | extension of / scaling up of
prueba piloto de / piloto de | projeto piloto de / piloto de | pilot of / pilot project on
transferencia metodológica de / transferencia de la metodología de |
transferência metodológica de / transferência da metodologia de |
transfer of the method of / methodological transfer of
adaptación de / ajuste de | adaptação de / ajuste de | adaptation of / adjustment of
digitalización de / informatización de | digitalização de / informatização de | digitisation of / computerisation of
articulación de / coordinación de | articulação de / coordenação de | coordination of / joining up of
estudio de / diagnóstico de | estudo de / diagnóstico de | study of / diagnosis of
pasantía sobre / visita de estudio sobre | estágio sobre / visita de estudo sobre | internship on / study visit on
fomento de / promoción de | fomento de / promoção de | promotion of / fostering of
consolidación de / profundización de | consolidação de / aprofundamento de | consolidation of / deepening of
financiamiento de / fondo para | financiamento de / fundo para | financing of / fund for
""")

OBJECTS = _read("""
registro social de hogares / padrón único de beneficiarios |
cadastro único / cadastro social de domicílios |
social registry of households / single registry of beneficiaries
transferencias monetarias condicionadas / programa de transferencias condicionadas |
transferências de renda condicionadas / programa de transferência de renda |
conditional cash transfers / conditional transfer programme
pensiones no contributivas / pensión social |
pensões não contributivas / benefício assistencial |
non-contributory pensions / social pension
alimentación escolar / comedores escolares | alimentação escolar / merenda escolar | school feeding / school meals
desarrollo infantil temprano / primera infancia |
desenvolvimento infantil / primeira infância |
early childhood development / early childhood
sistema de cuidados / servicios de cuidado | sistema de cuidados / serviços de cuidado | care system / care services
empleo juvenil / inserción laboral de jóvenes |
emprego juvenil / inserção laboral de jovens |
youth employment / job placement of young people
economía solidaria / emprendimientos asociativos |
economia solidária / empreendimentos associativos |
solidarity economy / cooperative enterprises
agricultura familiar / pequeños productores rurales |
agricultura familiar / pequenos produtores rurais |
family farming / small rural producers
compras públicas de alimentos / adquisición pública de alimentos |
compras públicas de alimentos / aquisição de alimentos |
public food procurement / public purchase of food
seguridad alimentaria y nutricional / seguridad alimentaria |
segurança alimentar e nutricional / segurança alimentar |
food and nutrition security / food security
bancos de leche humana / red de bancos de leche |
bancos de leite humano / rede de bancos de leite |
human milk banks / network of milk banks
salud materna e infantil / salud materno infantil |
saúde materna e infantil / saúde materno-infantil |
maternal and child health / mother and child health
vivienda social / vivienda de interés social | habitação social / moradia popular | social housing / affordable housing
agua y saneamiento rural / saneamiento básico |
água e saneamento rural / saneamento básico |
rural water and sanitation / basic sanitation
gestión del riesgo de desastres / prevención de desastres |
gestão de riscos de desastres / prevenção de desastres |
disaster risk management / disaster prevention
protección social adaptativa / protección social frente a emergencias |
proteção social adaptativa / proteção social em emergências |
adaptive social protection / social protection in emergencies
inclusión de personas con discapacidad / apoyo a las personas con discapacidad |
inclusão de pessoas com deficiência / apoio às pessoas com deficiência |
inclusion of persons with disabilities / support to persons with disabilities
atención a personas mayores / servicios para adultos mayores |
atenção às pessoas idosas / serviços para idosos |
care of older persons / services for the elderly
prevención de la violencia contra las mujeres / violencia de género |
prevenção da violência contra as mulheres / violência de gênero |
prevention of violence against women / gender violence
erradicación del trabajo infantil / trabajo infantil |
erradicação do trabalho infantil / trabalho infantil |
eradication of child labour / child labour
protección de niños y adolescentes / niñez y adolescencia |
proteção de crianças e adolescentes / infância e adolescência |
protection of children and adolescents / childhood and adolescence
centros comunitarios de asistencia social / centros de atención social |
centros de referência de assistência social / centros de atendimento social |
community social assistance centres / social care centres
microcrédito productivo / crédito para emprendedores |
microcrédito produtivo / crédito para empreendedores |
productive microcredit / credit for entrepreneurs
inclusión financiera / acceso a servicios financieros |
inclusão financeira / acesso a serviços financeiros |
financial inclusion / access to financial services
formación profesional / educación técnica |
formação profissional / educação técnica |
vocational training / technical education
sistema de información social / plataforma de datos sociales |
sistema de informação social / plataforma de dados sociais |
social information system / social data platform
medición de la pobreza / índice de pobreza multidimensional |
medição da pobreza / índice de pobreza multidimensional |
poverty measurement / multidimensional poverty index
acompañamiento familiar / visitas domiciliarias |
acompanhamento familiar / visitas domiciliares |
family support / home visits
ingreso mínimo garantizado / renta básica |
renda mínima garantida / renda básica |
guaranteed minimum income / basic income
seguro de desempleo / protección al desempleo |
seguro desemprego / proteção ao desemprego |
unemployment insurance / unemployment protection
seguridad social / previsión social | seguridade social / previdência social | social security / social insurance
pueblos indígenas / comunidades indígenas |
povos indígenas / comunidades indígenas |
indigenous peoples / indigenous communities
migrantes y refugiados / población migrante |
migrantes e refugiados / população migrante |
migrants and refugees / migrant population
salud mental / atención en salud mental | saúde mental / atenção em saúde mental | mental health / mental health care
educación intercultural / educación bilingüe |
educação intercultural / educação bilíngue |
intercultural education / bilingual education
alfabetización de adultos / educación de adultos |
alfabetização de adultos / educação de adultos |
adult literacy / adult education
huertos escolares / huertas comunitarias | hortas escolares / hortas comunitárias | school gardens / community gardens
cisternas y captación de lluvia / recolección de agua de lluvia |
cisternas e captação de chuva / captação de água de chuva |
cisterns and rainwater harvesting / rainwater collection
energía renovable en comunidades / energías renovables comunitarias |
energia renovável em comunidades / energias renováveis comunitárias |
renewable energy in communities / community renewable energy
participación ciudadana / participación de la ciudadanía |
participação cidadã / participação dos cidadãos |
citizen participation / participation of citizens
presupuesto participativo / presupuestos participativos municipales |
orçamento participativo / orçamentos participativos municipais |
participatory budgeting / municipal participatory budgets
descentralización de servicios sociales / servicios sociales descentralizados |
descentralização dos serviços sociais / serviços sociais descentralizados |
decentralisation of social services / decentralised social services
superación de la pobreza extrema / pobreza extrema |
superação da extrema pobreza / extrema pobreza |
overcoming extreme poverty / extreme poverty
certificación de competencias laborales / competencias laborales |
certificação de competências profissionais / competências profissionais |
certification of job skills / labour skills
atención primaria de salud / salud familiar |
atenção primária à saúde / saúde da família |
primary health care / family health
deporte para el desarrollo / deporte comunitario |
esporte para o desenvolvimento / esporte comunitário |
sport for development / community sport
patrimonio cultural / bienes culturales | patrimônio cultural / bens culturais | cultural heritage / cultural goods
""")

QUALIFIERS = _read("""
en zonas rurales / en el medio rural | em áreas rurais / no meio rural | in rural areas / in the countryside
en barrios urbanos vulnerables / en periferias urbanas |
em bairros urbanos vulneráveis / em periferias urbanas |
in vulnerable urban districts / in urban outskirts
con enfoque de género / con perspectiva de género |
com enfoque de gênero / com perspectiva de gênero |
with a gender approach / with a gender perspective
a nivel municipal / en los municipios | em nível municipal / nos municípios | at municipal level / in municipalities
en la frontera norte / en zonas fronterizas del norte |
na fronteira norte / em zonas fronteiriças do norte |
at the northern border / in northern border areas
en la región amazónica / en la Amazonía | na região amazônica / na Amazônia | in the Amazon region / in the Amazon
en el corredor seco / en zonas de sequía | no corredor seco / em zonas de seca | in the dry corridor / in drought areas
para jefas de hogar / para mujeres jefas de familia |
para mulheres chefes de família / para chefes de domicílio |
for women heads of household / for female heads of family
para jóvenes en riesgo / para jóvenes vulnerables |
para jovens em risco / para jovens vulneráveis |
for young people at risk / for vulnerable youth
para funcionarios públicos / para servidores públicos |
para servidores públicos / para funcionários públicos |
for civil servants / for public officials
para trabajadores informales / para el sector informal |
para trabalhadores informais / para o setor informal |
for informal workers / for the informal sector
en las islas del Caribe / en el Caribe | nas ilhas do Caribe / no Caribe | in the Caribbean islands / in the Caribbean
con participación comunitaria / con la comunidad |
com participação comunitária / com a comunidade |
with community participation / with the community
en la zona andina / en los Andes | na zona andina / nos Andes | in the Andean zone / in the Andes
en la costa pacífica / en el litoral pacífico |
na costa do Pacífico / no litoral pacífico |
on the Pacific coast / on the Pacific shore
en la capital / en el área metropolitana |
na capital / na área metropolitana |
in the capital / in the metropolitan area
para la primera generación de profesionales / para nuevos profesionales |
para novos profissionais / para a nova geração de profissionais |
for new professionals / for the new generation of professionals
en centros penitenciarios / en cárceles |
em presídios / em centros penitenciários |
in prisons / in penitentiary centres
después del huracán / tras el huracán |
depois do furacão / após o furacão |
after the hurricane / following the hurricane
después del terremoto / tras el sismo | depois do terremoto / após o sismo | after the earthquake / following the quake
""")

SENTENCES = _read("""
El proyecto busca mejorar la calidad de vida de las familias |
O projeto busca melhorar a qualidade de vida das famílias |
The project seeks to improve the quality of life of families
Contempla talleres y cursos virtuales | Prevê oficinas e cursos virtuais | It includes workshops and online courses
Se realizarán misiones de expertos y visitas |
Serão realizadas missões de peritos e visitas |
Expert missions and visits will take place
Se elaborarán manuales y guías | Serão elaborados manuais e guias | Manuals and guides will be written
Incluye la compra de equipos | Inclui a compra de equipamentos | It includes the purchase of equipment
Los equipos técnicos de ambas instituciones trabajarán juntos |
As equipes técnicas das duas instituições trabalharão juntas |
The technical teams of both institutions will work together
Se espera reducir la desigualdad | Espera-se reduzir a desigualdade | Inequality is expected to fall
Los resultados serán medidos con una línea de base |
Os resultados serão medidos com uma linha de base |
Results will be measured against a baseline
Participan universidades y la sociedad civil |
Participam universidades e a sociedade civil |
Universities and civil society take part
Se adaptarán instrumentos al contexto nacional |
Os instrumentos serão adaptados ao contexto nacional |
Instruments will be adapted to the national context
""")

# Places and proper names are written alike in the three languages.
NAMES = """
Cochabamba Chuquisaca Tarija Beni Pando Antofagasta Araucanía Valparaíso Coquimbo Atacama Antioquia Cauca Nariño Chocó Putumayo Huila Boyacá
Guanacaste Limón Puntarenas Esmeraldas Manabí Loja Azuay Imbabura Chimborazo Petén Alta-Verapaz Quiché Huehuetenango Sololá Olancho Copán
Intibucá Lempira Choluteca Chiapas Oaxaca Guerrero Puebla Veracruz Yucatán Tabasco Matagalpa Jinotega Chontales Darién Chiriquí Veraguas
Caaguazú Itapúa Concepción Alto-Paraná Ayacucho Cusco Puno Loreto Cajamarca Piura Ucayali Apurímac Morazán Chalatenango Usulután Tacuarembó
Rivera Salto Artigas Zulia Sucre Mérida Bahia Ceará Maranhão Piauí Acre Rondônia Amapá Tocantins Sergipe Benguela Huambo Santiago Fogo
Nampula Zambezia Gaza Tete Príncipe Artibonite Gonaïves Berbice Essequibo Portland Clarendon Belmopan Toledo Cayo Tobago Barbuda Carriacou
Oportunidades Prospera Bolsa-Família Chile-Solidario Puente Familias-en-Acción Red-Unidos Juntos Progresa Avancemos Tekoporã Abrazo Juancito
Solidaridad Bono-Juana-Azurduy Mi-Familia Ingreso-Ético Plan-Ceibal Más-Vida Qali-Warma Cuna-Más Pensión-65 Hambre-Cero Sembrando-Vida
"""
PLACES = [name.replace("-", " ") for name in NAMES.split()]
COUNTED = (
    ("{} familias participantes", "{} familias beneficiadas"),
    ("{} famílias participantes", "{} famílias beneficiadas"),
    ("{} families taking part", "{} families benefit"),
)

ABBREVIATED = {
    "asistencia técnica": "AT", "technical assistance": "TA", "assistência técnica": "AT",
    "personas con discapacidad": "PcD", "pessoas com deficiência": "PcD", "persons with disabilities": "PwD",
    "desarrollo": "des.", "desenvolvimento": "desenv.", "development": "dev.",
    "programa": "prog.", "programme": "prog.", "proyecto": "proy.", "projeto": "proj.", "project": "proj.",
    "fortalecimiento": "fort.", "fortalecimento": "fort.", "nacional": "nac.", "national": "nat.",
    "transferencias monetarias condicionadas": "TMC", "conditional cash transfers": "CCT",
    "seguridad alimentaria y nutricional": "SAN", "segurança alimentar e nutricional": "SAN",
    "gestión": "gest.", "gestão": "gest.", "management": "mgmt",
}  # fmt: skip
