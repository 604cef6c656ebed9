// The records of the sample: facts about real records, one a line. demo-sample.ts gives them ids.
//
// artist | title | year | form | label, catalogue number | genre: style | folder | months on the shelf | rating | shelf
//
// "{…}" is the name on this sleeve, "~&~" the word between two artists. Line order is the order of purchase.

export const sampleShelf = `
Nirvana | Nevermind | 1991 | LP | DGC, DGC-24425 | Rock: Grunge | Rock | 172 | 4 | B2
Miles Davis | Kind Of Blue | 1959 | LP | Columbia, CS 8163 | Jazz: Modal | Jazz | 170 | 5 | A1
The Beatles | Abbey Road | 1969 | LP | Apple Records, PCS 7088 | Rock: Pop Rock | Rock | 168 | 5 | B1
Talk Talk | Laughing Stock | 1991 | LP | Verve Records, 847 717-1 | Rock: Post Rock | Rock | 165 | 5 | B3
Joni Mitchell | Hejira | 1976 | LP | Asylum Records, 7E-1087 | Rock: Folk Rock | Folk | 161 | 5 | C4
Joni Mitchell | Blue | 1971 | LP | Reprise Records, MS 2038 | Rock: Folk Rock | Folk | 160 | 5 | C4
Can | Tago Mago | 1971 | 2LP | United Artists Records, UAS 29 211/12 X | Rock: Krautrock | Rock | 155 | 4 | B1
Joy Division | Unknown Pleasures | 1979 | LP | Factory, FACT 10 | Rock: Post-Punk | Rock | 151 | 4 | B2
Joy Division | Closer | 1980 | LP | Factory, FACT XXV | Rock: Post-Punk | Rock | 151 | 0 | B2
New Order | Blue Monday | 1983 | 12 | Factory, FAC SEVENTY THREE | Electronic: Synth-pop | Singles | 150 | 4 |
The Smiths | This Charming Man | 1983 | 7 | Rough Trade, RT 136 | Rock: Indie Rock | Singles | 149 | 0 |
John Coltrane | A Love Supreme | 1965 | LP | Impulse!, A-77 | Jazz: Modal | Jazz | 147 | 5 | A1
John Coltrane | Blue Train | 1957 | LP | Blue Note, BLP 1577 | Jazz: Hard Bop | Jazz | 147 | 0 | A1
Led Zeppelin | Led Zeppelin II | 1969 | LP | Atlantic, SD 8236 | Rock: Hard Rock | Rock | 143 | 0 | B2
Led Zeppelin | Led Zeppelin III | 1970 | LP | Atlantic, SD 7201 | Rock: Hard Rock | Rock | 143 | 0 | B2
Marvin Gaye | What's Going On | 1971 | LP | Tamla, TS 310 | Funk / Soul: Soul | Rock | 140 | 5 | C1
Stevie Wonder | Songs In The Key Of Life | 1976 | 2LP | Tamla, T13-340C2 | Funk / Soul: Soul | Rock | 139 | 4 | C1
Fela Kuti {Fela Ransome Kuti} ~&~ Africa 70 | Expensive Shit | 1975 | LP | Soundwork Shop, SWS 1001 | Funk / Soul: Afrobeat | Jazz | 136 | 4 | A2
Miles Davis | Agharta | 1976 | 2LP | Columbia, PG 33967 | Jazz: Fusion | Jazz | 133 | 0 | A1
Kraftwerk | Trans Europa Express | 1977 | LP | Kling Klang, 1C 064-82 306 | Electronic: Electro | Electronic | 131 | 5 | D1
Brian Eno | Ambient 1 (Music For Airports) | 1978 | LP | Polydor, AMB 001 | Electronic: Ambient | Electronic | 130 | 4 | D1
Brian Eno ~-~ David Byrne | My Life In The Bush Of Ghosts | 1981 | LP | Sire, SRK 6093 | Electronic: Experimental | Electronic | 128 | 0 | D1
Various | No New York | 1978 | LP | Antilles, AN-7067 | Rock: No Wave | Rock | 124 | 0 | B4
Various | Artificial Intelligence | 1992 | LP | Warp Records, WARP LP 6 | Electronic: IDM | Electronic | 120 | 4 | D2
Various | The Harder They Come | 1972 | LP | Island Records, ILPS 9202 | Reggae: Rocksteady | Jazz | 119 | 4 | C2
Prince ~And~ The Revolution | Purple Rain | 1984 | LP | Warner Bros. Records, 25110-1 | Funk / Soul: Minneapolis Sound | Rock | 115 | 5 | C1
Prince | 1999 | 1982 | 2LP | Warner Bros. Records, 23720-1 | Funk / Soul: Minneapolis Sound | Rock | 115 | 0 | C1
The Cure | Disintegration | 1989 | LP | Fiction Records, FIXH 14 | Rock: Goth Rock | Rock | 111 | 4 | B2
The Cure | Faith | 1981 | LP | Fiction Records, FIX 6 | Rock: Post-Punk | Rock | 110 | 0 | B2
Aphex Twin | Selected Ambient Works 85-92 | 1992 | 2LP | Apollo, AMB LP 3922 | Electronic: Ambient | Electronic | 107 | 5 | D2
My Bloody Valentine | Loveless | 1991 | LP | Creation Records, CRELP 060 | Rock: Shoegaze | Rock | 104 | 5 | B3
Slowdive | Souvlaki | 1993 | LP | Creation Records, CRELP 139 | Rock: Shoegaze | Rock | 103 | 4 | B3
Cocteau Twins | Heaven Or Las Vegas | 1990 | LP | 4AD, CAD 0012 | Rock: Dream Pop | Rock | 101 | 4 | B3
Cocteau Twins | Victorialand | 1986 | LP | 4AD, CAD 602 | Rock: Dream Pop | Rock | 101 | 0 | B3
Nick Cave & The Bad Seeds | The Boatman's Call | 1997 | LP | Mute, STUMM 142 | Rock: Alternative Rock | Rock | 97 | 4 | B3
Massive Attack | Mezzanine | 1998 | 2LP | Virgin, WBRLP4 | Electronic: Trip Hop | Electronic | 94 | 4 | D3
Portishead | Dummy | 1994 | LP | Go! Beat, 828 522-1 | Electronic: Trip Hop | Electronic | 93 | 4 | D3
DJ Shadow | Endtroducing..... | 1996 | 2LP | Mo Wax, MW059LP | Electronic: Abstract | Electronic | 90 | 0 | D3
A Tribe Called Quest | The Low End Theory | 1991 | 2LP | Jive, 1418-1-J | Hip Hop: Jazzy Hip-Hop | Electronic | 88 | 5 | D4
Public Enemy | It Takes A Nation Of Millions To Hold Us Back | 1988 | Cass | Def Jam Recordings, FCT 44303 | Hip Hop: Conscious | Electronic | 88 | 0 |
椎名林檎 | 無罪モラトリアム | 1999 | CD | Toshiba EMI, TOCT-24065 | Rock: Alternative Rock | CDs | 84 | 4 |
宇多田ヒカル | First Love | 1999 | CD | Toshiba EMI, TOCT-24067 | Pop: J-pop | CDs | 84 | 0 |
Fishmans | Long Season | 1996 | CD | Polydor, POCH-1588 | Rock: Dub | CDs | 83 | 4 |
Кино | Группа Крови | 1988 | LP | Gold Castle Records, D1-71301 | Rock: New Wave | Rock | 80 | 3 | B4
Boards Of Canada | Music Has The Right To Children | 1998 | 2LP | Warp Records, WARPLP55 | Electronic: IDM | Electronic | 78 | 5 | D2
Boards Of Canada | In A Beautiful Place Out In The Country | 2000 | 12EP | Warp Records, WAP144 | Electronic: IDM | Electronic | 78 | 4 | D2
Daft Punk | Discovery | 2001 | 2LP | Virgin, V2940 | Electronic: House | Electronic | 74 | 0 | D3
Daft Punk | Da Funk | 1995 | 12 | Soma Quality Recordings, SOMA 25 | Electronic: House | Singles | 74 | 0 |
Earth (2) | Hex: Or Printing In The Infernal Method | 2005 | 2LP | Southern Lord, SUNN48 | Rock: Drone | Rock | 70 | 3 | B4
Godspeed You Black Emperor! | Lift Your Skinny Fists Like Antennas To Heaven | 2000 | 2LP | Constellation, CST012 | Rock: Post Rock | Rock | 66 | 5 | B4
Sigur Rós | ( ) | 2002 | 2LP | FatCat Records, FATLP22 | Rock: Post Rock | Rock | 64 | 4 | B4
Radiohead | In Rainbows | 2007 | LP | XL Recordings, XLLP324 | Rock: Alternative Rock | Rock | 60 | 5 | B4
Radiohead | Amnesiac | 2001 | 2x10 | Parlophone, 7243 5 32764 1 | Rock: Alternative Rock | Rock | 52 | 0 | B4
Burial | Untrue | 2007 | 2LP | Hyperdub, HDBLP002 | Electronic: Dubstep | Electronic | 49 | 4 | D3
Arthur Russell | World Of Echo | 1986 | LP | Upside Records, UP 60009-1 | Electronic: Experimental | Electronic | 46 | 4 | D1
David Bowie | Five Years 1969 – 1973 | 2015 | Box12 | Parlophone, DBXL 1 | Rock: Glam | Boxes | 41 | 4 |
Elis Regina {Elis} ~&~ Antonio Carlos Jobim {Tom} | Elis & Tom | 1974 | LP | Philips, 6349 112 | Latin: Bossa Nova | Jazz | 37 | 5 | A2
Alice Coltrane ~Featuring~ Pharoah Sanders | Journey In Satchidananda | 1971 | LP | Impulse!, AS-9203 | Jazz: Modal | Jazz | 30 | 5 | A1
Miles Davis | Kind Of Blue | 1997 | CD | Columbia, CK 64935 | Jazz: Modal | CDs | 24 | 0 |
The Beatles | Hey Jude / Revolution | 1968 | 7 | Apple Records, R 5722 | Rock: Pop Rock | Singles | 20 | 0 |
Glenn Gould | Bach: The Goldberg Variations | 1956 | LP | Columbia Masterworks, ML 5060 | Classical: Baroque | Jazz | 13 | 0 | A3
Nick Drake | Pink Moon | 1972 | LP | Island Records, ILPS 9184 | Rock: Folk Rock | Folk | 6 | 0 | C4
Talk Talk | The Party's Over | 1982 | LP | EMI, EMC 3413 | Electronic: Synth-pop | Rock | 2 | 0 | B3
Nirvana | Nevermind | 1991 | LP | DGC, DGC-24425 | Rock: Grunge | Rock | 1 | 0 | B2
`;

/** The wantlist, in the same columns as far as they go. */
export const sampleWantlist = `
D'Angelo | Voodoo | 2000 | 2LP | EMI, 7243 5 23373 1 9 | Funk / Soul: Neo Soul
Sufjan Stevens | Illinois | 2005 | 2LP | Asthmatic Kitty Records, AKR014 | Rock: Indie Rock
Talk Talk | Spirit Of Eden | 1988 | LP | Parlophone, PCSD 105 | Rock: Post Rock
Alice Coltrane | Ptah, The El Daoud | 1970 | LP | Impulse!, AS-9196 | Jazz: Free Jazz
`;
