// Vocabulary for parsing titles. Each set holds words of one kind, never of one album.

export const toWordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** A tail with one of these words is an edition. */
export const editionWords = toWordSet(`
  deluxe delux ojc dcc remaster remastered remasters remastering remasterizado remasterise remasterisee rematered anniversary
  aniversario anniversaire expanded edition editions edicion edicao edizione ausgabe editon reissue reissued bonus
  explicit uncensored collectors collector mono stereo sacd mqa legacy luxe dsd mfsl mofi rvg hdcd shm xrcd retail dlx sonderedition jubilaumsedition neuauflage limitierte
  remasterd remastred aniversary anniverary jubilaum jubilee ediciones expandida
  reedition reedicion reedicao riedizione ristampa sonderausgabe jubilaumsausgabe remasterizada edycja reedycja wydanie utgava jubileumsutgava
  editie uitgave издание переиздание ремастер ремастеринг ремастированный
`);

/** Words that need another word of an edition: "UK version", "bonus disc", "LP version". */
export const editionNouns = toWordSet(
  "version versions release press pressing import tracks track songs issue master mastered cd only box boxset versao versione версия",
);

/** Words that editions may contain but that do not make one. */
export const editionFillers = toWordSet(`
  the a an of in with plus and for to by from on new newly super ultimate special limited standard original complete
  definitive extended enhanced double triple digital digitally half speed hd hi res high resolution bit khz 24bit 96khz full
  length vinyl lp 2lp 2cd cds dvd album albums disc discs disk year years tour platinum gold diamond exclusive target
  itunes spotify amazon walmart tesco hmv fnac qobuz tidal deezer bandcamp best buy record store day rsd series revisited re clean censored parental advisory
  classic heritage commemorative celebration promo advance online only set book material content ltd hybrid archive
  archives flac mp3 web cdr rip rips lossless kbps vbr alac wav 16bit 192khz 44khz tape cassette first second pressing 3cd 4cd 2xlp 3lp 4lp poster especial speciale comemorativa
  classics jazz rudy rvg van gelder
  previously unreleased includes including extra free download pre order mini premium audio packaging package de immersion boxed videos
  lujo luxo ultime limitada limitado limitee limitata limitiert limitierter limitowana ampliada aumentada augmentee enrichie speciala specjalna spezielle
  erweitert erweiterte nouvelle nueva nova neue юбилеиное подарочное коллекционное специальное расширенное расширенная ограниченное новое полная
`);

export const placeWords = toWordSet(`
  jp intl
  us usa uk eu europe european japan japanese international australia australian canada canadian germany german france
  french korea korean asia asian american brazil brazilian mexico mexican italy italian spain spanish russia russian
  scandinavian nordic dutch polish argentina chinese taiwan worldwide world
`);

/** Alone in a bracket, these describe the copy. */
export const bracketEditionWords = toWordSet(`
  clean complete audio extended se retail promo advance limited ltd special vinyl cd 2cd 3cd 2lp web flac mp3 cassette digital enhanced
  standard dvd hybrid promotional copy
`);

/** Words for parts of a whole: a note with one of them names another album. */
export const partWords = toWordSet(`
  part parts pt vol volume volumes chapter chapters act acts book books side sides episode season series suite movement scene phase
  prologue epilogue prelude interlude intro outro coda next return returns sequel another new continued more last final
  beginning end album tour split x vs versus meets single ep extras lost other alternate alternative
  parte teil tome chapitre capitulo kapitel folge czesc osa segunda segundo neue neues nuevas nuevos nouvelles
  часть том второи вторая новые новое
  minor major op opus rmxs bootlegs mixtapes odds selections excerpts
`);

/** Words for continuations, answers and variations of another album. */
export const continuationWords = toWordSet(`
  more again companion companions sequel continued variations score tour extras encore encores rehearsal rehearsals movie videos
  pack renditions appendix rebuilt songtrack too parte teil часть вторая второи
`);

/** Words that could be any album's title, or begin it: "Name's Christmas", "Where The River Bends". */
export const genericTitles = toWordSet(`
  christmas xmas weihnachten noel natale navidad natal album songs music love life dream dreams world story
  every everything never nothing something there these those what when where which
`);

/** Words before a title that name another album, which is about it. */
export const leadWords = toWordSet(
  "after anti around before beyond evolution farewell from inside introducing making no not play plays presents remembering revisiting sing sings story without",
);

/** Words for performances. */
export const venueWords = toWordSet(
  "show shows performance performed performs broadcast broadcasts bbc peel kexp festival stadium",
);

/** Returns true if a word marks a part of an album, a continuation or a performance. */
export function isPartWord(word: string): boolean {
  return partWords.has(word) || continuationWords.has(word) || venueWords.has(word);
}

/** Words for albums that were played again as a whole. */
export const remakeWords = toWordSet(
  "anniversary anniversaire aniversario jubilee jubilaum redux remade replayed",
);

/** If only one title has one of these words, it is another album. */
export const identityWords = toWordSet(`
  recordings recording tapes takes
  live alive concert concerts unplugged acoustic acoustics demo demos remix remixes remixed remixs mix mixes mixed instrumental
  instrumentals instrumentalis dub dubs session sessions tribute orchestral orchestra symphonic reimagined rerecorded recorded
  rework reworks reworked reconstructed reconfigured recut karaoke cover covers acapella acappella capella bootleg
  outtakes rarities sides bsides unreleased outtake interview interviews commentary sampler megamix mixtape screwed chopped slowed
  reprise revisited alternate cast musical hushed vocal rmx edit edits
  zywo koncert koncerty konzert konzerte konsert concierto conciertos livemitschnitt mitschnitt keikalla acustico acustica acusticos
  acoustique akustik akustisch akustisk akustycznie remezclas remiksy maquetas inedits inedit ineditos inedite inediti raretes rarezas
  raridades raritaten strumentale instrumentales instrumentaux reversiones versiones versionen tributo homenaje homenagem hommage ensayos sesiones
  ремикс ремиксы демо акустика акустическии концертныи концертная концертные каверы инструментал инструментальныи оркестр трибьют
  en vivo ao directo концерт ライブ ライヴ 现场 演唱会 piano stripped naked sketchbook image
`);

/** Words of collections: "Best Of X" is not "X". */
export const collectionWords = toWordSet(`
  best greatest hits hit collection anthology essential singles single compilation retrospective ultimate gold classics
  favorites favourites complete selection selected highlights
  exitos mejor mejores meilleur meilleurs beste besten migliori meglio melhor melhores recopilatorio antologia antologie coleccion raccolta
  przeboje najlepsze parhaat лучшее лучшие избранное хиты сборник коллекция антология
`);

/** Returns true if a word marks another recording or a collection. */
export function isOtherAlbumWord(word: string): boolean {
  return identityWords.has(word) || collectionWords.has(word);
}

/** Words of a collection's title, besides the artist's name and years. */
export const bestOfWords = toWordSet(
  "best greatest hits very complete singles collection anthology essential ultimate definitive rarities",
);

/** Words too small to tell two titles apart in a long title. */
const smallWords = toWordSet("the a an of and in to for on at from with le la les el los");

export function isSmallWord(word: string): boolean {
  return smallWords.has(word);
}

/** Words that people leave out of long titles, or take for others. */
const weakWords = toWordSet(
  "am are as be by do from i im is it its just me my only our so than that these this those us was we you your",
);

export function isWeakWord(word: string): boolean {
  return weakWords.has(word) || smallWords.has(word);
}

/** All words but the small ones; all words if no other is left. */
export function removeSmallWords(words: readonly string[]): readonly string[] {
  const content = words.filter((word) => !isSmallWord(word));
  return content.length > 0 ? content : words;
}

export const soundtrackWords = toWordSet(`
  soundtrack ost score soundtracks bso bof サウンドトラック サントラ саундтрек
`);

/** Words that may surround those of casts. */
export const castWords = toWordSet(
  "album american broadway concept end london musical new off premiere west world",
);

/** Words that may surround those of soundtracks. */
export const soundtrackFillers = toWordSet(`
  original the an motion picture film movie music from of to for by and inspired a series tv television netflix hbo bbc game
  video show album official songs major amazon prime miniseries limited documentary feature play stage cast recording
  recordings first season complete orchestral bande originale du musique banda sonora colonna theatre vinyl
  edition ballet soundtracks soundtrack score ost soundtrackalbum オリジナル
`);
