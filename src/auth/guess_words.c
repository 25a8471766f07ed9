#include "guess.h"

/* Written for this program: what visitors of a Dutch site for municipalities choose when nobody stops them. In the
 * groups in which people look for one. Four letters or more, except for a name: short words stand in others by chance. */
const struct str guess_words = S_INIT(
        /* the password itself, and greetings */
        "wachtwoord wachtwoorden password passwort paswoord geheim geheime secret letmein welkom welcome hallo "
        "hello goedemorgen inloggen login toegang sesam abracadabra changeme default standaard tijdelijk nieuw mijn "
        "test testen tester gast guest user gebruiker admin beheer beheerder administrator root master server "
        /* seasons, months, days */
        "lente voorjaar zomer herfst najaar winter januari februari maart april juni juli augustus september oktober "
        "november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vakantie weekend kerst pasen "
        "spring summer autumn january february march july august october monday friday "
        /* this site and this work */
        "schouders schouder gemeente gemeenten gemeentes gemeentehuis stadhuis bijstand schuldhulp schulden armoede "
        "minima inkomen toeslag uitkering voedselbank wijkteam sociaal domein werkplein ambtenaar burgemeester wethouder "
        "kantoor werk afdeling collega project dienst benchmark nederland holland dutch oranje "
        /* places */
        "amsterdam rotterdam denhaag haag utrecht eindhoven groningen tilburg almere breda nijmegen arnhem haarlem "
        "enschede apeldoorn amersfoort zwolle leiden dordrecht leeuwarden maastricht assen emmen deventer delft brabant "
        "limburg zeeland friesland drenthe overijssel gelderland flevoland "
        /* clubs, sports, brands */
        "ajax feyenoord feijenoord psv vitesse heerenveen twente voetbal football soccer formule verstappen hockey "
        "google facebook microsoft windows office outlook samsung iphone apple android philips tesla batman superman "
        "pokemon starwars minecraft computer laptop internet "
        /* love, animals, food, other favourites */
        "schatje schat liefde liefje lieverd ikhouvanjou iloveyou loveyou love poepie snoepje prinses princess engel "
        "vlinder hond hondje poes poesje kat katje paard konijn tijger panda draak dragon monkey aapje muis bloem "
        "bloemen zonnebloem sunshine zonnetje regenboog chocola appeltaart pannenkoek stroopwafel koffie bier kaas "
        "familie mama papa moeder vader broer zusje baby gezin leven gelukkig happy forever money geld "
        "ninja hacker shadow baseball football trustno trustnoone whatever qwerty azerty qwertz asdf");
