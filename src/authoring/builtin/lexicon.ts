/**
 * Word lists the built-in writer reads the canon with: what is a thing, a place to stand in, a role,
 * a given name. Plain lists, because engines differ in anything cleverer (ENC-4), and because a list
 * can be read and corrected by a person. A change here needs a new ALGORITHM_VERSION.
 *
 * @module
 */

function list(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Things that fit a hand. */
export const OBJECTS: readonly string[] = list(`
  almanac anchor apple axe badge bag ball basket bead bell blade bone book boot bottle bowl box bracelet branch bread
  brick brooch brush bucket bulb button cage camera candle cane cap card case chain chalk chisel cigar clock cloth coat
  coin collar comb compass cord cork crown cup dagger diary dice dish doll drum egg envelope fan feather fiddle file
  flag flask flower flute fork glass globe glove hammer handkerchief harp hat helmet hook horn hourglass instrument jar
  jewel journal jug key kite knife ladle lamp lantern lens letter lock locket machine mallet manuscript map mask match
  medal megaphone mirror mug nail necklace needle net notebook oar orange page painting paper parcel pear pearl pebble
  pen pencil petal phone photograph picture pin pipe pistol plate plough pocketwatch portrait postcard pot purse
  puppet quill radio rattle record ribbon ring robe rope rose ruler saddle satchel scarf scroll scythe seal seed shawl
  shell shoe shovel signal skull slate spade spoon stamp stick stone suitcase sword telegram telescope thimble thread
  ticket tile tooth torch toy tray trumpet umbrella vase veil vial violin wallet wand watch wheel whistle wire wreath
`);

/** Things that stay where they are. */
export const FIXTURES: readonly string[] = list(`
  altar arch archive bed beehive bench boat bookcase bridge cabinet carriage cart chair chest chimney coffin
  computer counter cradle cupboard curtain desk door doorway drawer elevator engine fence fireplace fountain furnace
  gate grave grandfather-clock hearth hedge hive kiln ladder lift loom mast oven piano pillar plinth pump radiator
  railing robot sail screen shelf sign sofa stair staircase statue stove table telephone terminal throne tomb
  trapdoor tree trunk typewriter wall wardrobe weathervane well window organ orrery
`);

/** Places a scene can stand in. */
export const SCENES: readonly string[] = list(`
  abbey aquarium asylum attic avenue bakery balcony barn bay beach bookshop cabin cafe castle cathedral cave cellar
  cemetery chapel churchyard circus city clearing cloister coast corridor cottage court courtyard crypt desert dock
  factory farm field ferry forest fort garden garage greenhouse hall harbor harbour hill hospital hotel house inn
  island kitchen laboratory lake library lighthouse lobby market marsh meadow mill mine monastery moor mountain museum
  nursery observatory office orchard palace park parlour pier platform port prison pub quarry quay restaurant
  river road roof room ruin school shed ship shop shore square stable station street studio submarine temple
  theatre theater tower town train tunnel university valley vault village vineyard ward warehouse wood workshop yard
  zoo archipelago delta dam canal colony swamp jungle glacier reef subway metro cinema ballroom opera
`);

/** Things of light, weather, body and sense: what makes a retrieved sentence visible. */
export const SENSES: readonly string[] = list(`
  air arm ash autumn birds black blood blue breath brown cloud clouds cold colour creature dark darkness dawn dew dog
  dusk dust earth echo eye eyes face faces feet finger fingers fire flame flames flowers fog foot frost glare gold
  golden grass green grey hair hand hands head heart horse ice iron knee knees lead leaves light lightning lip lips
  mist moon moonlight mouth night noise noon purple rain red river rock rocks rust salt sand scarlet sea shade shadow
  shadows shoulder shoulders silence silent silver sky smell smile smoke snow sound spring star stars steam steel
  steps storm streets summer sun sunlight sunset tears thunder tide trees twilight twisted violet voice water wave
  waves white wind winter wooden yellow window windows door lamp lamps glass stairs wall walls
`);

/** People named by what they are, each with the pronoun it implies: m, f, or n for neither. */
export const ROLES: ReadonlyMap<string, "m" | "f" | "n"> = new Map([
  ...list(
    "boy man king prince monk priest father brother fisherman gentleman grandfather uncle son widower duke bridegroom",
  ).map((w): [string, "m"] => [w, "m"]),
  ...list(
    "girl woman queen princess nun witch mother sister lady grandmother aunt daughter widow bride duchess empress",
  ).map((w): [string, "f"] => [w, "f"]),
  ...list(
    "archivist astronaut astronomer baker beekeeper blacksmith bookseller captain cartographer child clockmaker cook detective doctor driver engineer farmer ferryman gardener ghost glassblower guard hunter innkeeper inspector keeper librarian locksmith magician mapmaker mayor merchant miller miner musician navigator nurse painter pilot poet postman potter professor sailor scientist scribe sculptor shepherd shopkeeper smith soldier stranger student surgeon tailor teacher thief traveller traveler watchmaker weaver wizard writer orphan apprentice translator",
  ).map((w): [string, "n"] => [w, "n"]),
]);

/** Words before a name that are a title, with the pronoun they imply. */
export const TITLES: ReadonlyMap<string, "m" | "f" | "n"> = new Map([
  ...list(
    "Mr Mister Sir Lord King Prince Father Brother Uncle Count Duke Baron Don Signor Monsieur Herr",
  ).map((w): [string, "m"] => [w, "m"]),
  ...list(
    "Mrs Miss Ms Lady Queen Princess Mother Sister Aunt Countess Duchess Madame Madam Dame Signora Frau",
  ).map((w): [string, "f"] => [w, "f"]),
  ...list(
    "Captain Doctor Dr Professor Inspector Colonel Major General Admiral Commander Judge Master Old Young Little Saint St President Sergeant Officer Detective",
  ).map((w): [string, "n"] => [w, "n"]),
]);

/** Given names usually of women, in lower case. */
export const WOMEN: readonly string[] = list(`
  mary anne ann alice agnes adele aisha amelie astrid beatrice bess brigid brigitte carmen cecily celeste charlotte chloe
  claire clementine colette constance daphne dorothy edith eleanor elinor elise elizabeth ellen eloise elsbeth elspeth
  emily esther ethel eve evelyn fatima fleur florence frances freya gertrude gisele grace greer gretel gwen hannah
  harriet hazel heather helen hester hildegard ilse imogen ines ingrid irene iris isabel isolde ivy jane janet jasmine
  jean jenny jo joan josephine joy judith june karin kate katherine lily linnet lotte louise lucy mabel madeleine
  maeve margaret margot marguerite marian marie maud mei meredith miriam molly muriel nadine naomi natalie nell
  noor olive opal pearl peggy phoebe rachel ruth sal sarah sasha sigrid sophie sue susan sylvie tess thea ursula violet
  vivian willow winifred yuki zoe
`);

/** Given names usually of men, in lower case. */
export const MEN: readonly string[] = list(`
  aaron abel adam alan albert alec alexander alfred amos andrew anselm anton arthur asa august basil ben benedict
  benjamin bernard bram bruno caleb carl caspar cedric charles christopher conrad corin cormac cyril daniel david
  dmitri edgar edmund edward eli elias emil ephraim eric ernest ezra felix ferdinand finn francis frank frederick
  gabriel george gideon gilbert giles gregory gustav hamish hans harold harry hassan hector henrik henry herbert
  hiroshi horace hugh hugo ian ibrahim isaac ishmael ivan jack jacob james jan jasper jeremy jerome joel john jonah
  jonas jonathan joseph josiah joshua julian kaspar kenji lars laurence leo leon leonard leopold lewis louis luca lucas
  ludwig luke marcus mark martin matthew maurice max michael mikhail milo mohammed moses nathan nathaniel ned nicholas
  nikolai noah oliver omar orrin oscar osip oswald otto owen patrick paul percy peter philip pierre piotr quentin ralph
  raymond reuben richard robert roger roland rufus rupert samuel sebastian silas simon stanislaw stefan stephen sven
  tariq teodor theodore thomas timothy tobias tom ulrich victor vincent virgil walter wilfred william xavier yusuf
`);

/** The writer's own cast, for a story that names nobody: a woman and a man, both spelt to be found again. */
export const OWN_CAST: readonly (readonly [string, string])[] = [
  ["Ilse", "Corin"],
  ["Hester", "Anselm"],
  ["Maud", "Tobias"],
  ["Sigrid", "Osip"],
  ["Elspeth", "Teodor"],
  ["Isolde", "Silas"],
  ["Ingrid", "Caspar"],
  ["Imogen", "Gideon"],
];

/** Things and places for a story that names none. */
export const OWN_OBJECTS: readonly string[] = ["lamp", "letter", "key", "bell", "jar", "map"];
/** Places for a story that names none. */
export const OWN_SCENES: readonly string[] = [
  "house",
  "harbour",
  "orchard",
  "station",
  "garden",
  "valley",
];

/** Words that carry no topic. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  list(`
  a about above after again against ago all almost along already also although always am among an and another any
  anything are as ask asked at away back be because become been before began behind being below beneath beside between
  beyond both but by call called came can cannot come could day days did do does done down during each either else end
  enough even ever every everything few first for found from gave get give go gone good got great had has have having
  he her here hers herself him himself his how however i if in indeed instead into is it its itself just keep kept knew
  know last least left less let like little long look looked looking made make man many may me men might mine more most
  much must my myself near never new no nobody none nor not nothing now of off often old on once one only or other
  others our out over own part perhaps place put quite rather said same saw say see seemed seen shall she should since
  so some someone something sometimes soon still such take taken than that the their theirs them themselves then there
  these they thing things think this those though thought three through till time to together told too took toward
  towards turn turned two under until up upon us very was way we well went were what whatever when where whether which
  while who whom whose why will with within without woman would yes yet you young your
`),
);
