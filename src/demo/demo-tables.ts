// The tables of the sample, one line for each row.

// The albums that the sample's owner plays, named as music players name them.
//
// album artist | album | sittings | stray plays | from and to, in months ago | tracks; "=" the tracks of the line before
//
// Each track on a compilation has its own artist before a "~". An album "-" is a play without an album tag.

export const sampleHistory = `
Radiohead | In Rainbows | 13 | 9 | 110-0 | 15 Step; Bodysnatchers; Nude; Weird Fishes/Arpeggi; All I Need; Faust Arp; Reckoner; House of Cards; Jigsaw Falling into Place; Videotape
Radiohead | Kid A | 5 | 4 | 108-14 | Everything in Its Right Place; Kid A; The National Anthem; How to Disappear Completely; Treefingers; Optimistic; In Limbo; Idioteque; Morning Bell; Motion Picture Soundtrack
Radiohead | OK Computer | 4 | 6 | 100-9 | Airbag; Paranoid Android; Subterranean Homesick Alien; Exit Music (For a Film); Let Down; Karma Police; Fitter Happier; Electioneering; Climbing Up the Walls; No Surprises; Lucky; The Tourist
Nirvana | Nevermind | 5 | 8 | 118-1 | Smells Like Teen Spirit; In Bloom; Come as You Are; Breed; Lithium; Polly; Territorial Pissings; Drain You; Lounge Act; Stay Away; On a Plain; Something in the Way
Nirvana | Nevermind (Remastered) | 2 | 3 | 70-9 | =
Nirvana | Nevermind (30th Anniversary Super Deluxe) | 1 | 2 | 45-30 | =
Nirvana | MTV Unplugged in New York | 2 | 3 | 80-3 | About a Girl; Come as You Are; Jesus Doesn't Want Me for a Sunbeam; The Man Who Sold the World; Pennyroyal Tea; Dumb; Polly; On a Plain; Something in the Way; Plateau; Oh, Me; Lake of Fire; All Apologies; Where Did You Sleep Last Night
Miles Davis | Kind of Blue | 12 | 6 | 119-1 | So What; Freddie Freeloader; Blue in Green; All Blues; Flamenco Sketches
Miles Davis | Kind Of Blue (Legacy Edition) | 2 | 2 | 60-22 | =
Miles Davis | Bitches Brew | 3 | 0 | 90-12 | Pharaoh's Dance; Bitches Brew; Spanish Key; John McLaughlin; Miles Runs the Voodoo Down; Sanctuary
Talk Talk | Laughing Stock | 11 | 2 | 112-2 | Myrrhman; Ascension Day; After the Flood; Taphead; New Grass; Runeii
Talk Talk | Spirit of Eden | 6 | 1 | 96-5 | The Rainbow; Eden; Desire; Inheritance; I Believe in You; Wealth
Talk Talk | It's My Life | 1 | 9 | 40-0 | Dum Dum Girl; Such a Shame; Renée; It's My Life; Tomorrow Started; The Last Time; Call in the Night Boy; Does Caroline Know?; It's You
The Beatles | Abbey Road (Remastered) | 4 | 7 | 104-8 | Come Together; Something; Maxwell's Silver Hammer; Oh! Darling; Octopus's Garden; I Want You (She's So Heavy); Here Comes the Sun; Because; You Never Give Me Your Money; Sun King; Mean Mr. Mustard; Polythene Pam; She Came in Through the Bathroom Window; Golden Slumbers; Carry That Weight; The End; Her Majesty
The Beatles | 1967-1970 | 0 | 9 | 95-6 | Hey Jude; Strawberry Fields Forever; Revolution; Get Back
Joni Mitchell | Hejira | 8 | 1 | 117-29 | Coyote; Amelia; Furry Sings the Blues; A Strange Boy; Hejira; Song for Sharon; Black Crow; Blue Motel Room; Refuge of the Roads
Joni Mitchell | Blue | 4 | 5 | 100-7 | All I Want; My Old Man; Little Green; Carey; Blue; California; This Flight Tonight; River; A Case of You; The Last Time I Saw Richard
Can | Tago Mago | 5 | 1 | 98-7 | Paperhouse; Mushroom; Oh Yeah; Halleluhwah; Aumgn; Peking O; Bring Me Coffee or Tea
Can | Ege Bamyasi | 2 | 4 | 66-11 | Pinch; Sing Swan Song; One More Night; Vitamin C; Soup; I'm So Green; Spoon
Joy Division | Unknown Pleasures (Collector's Edition) | 4 | 3 | 102-13 | Disorder; Day of the Lords; Candidate; Insight; New Dawn Fades; She's Lost Control; Shadowplay; Wilderness; Interzone; I Remember Nothing
New Order | Substance | 3 | 11 | 88-2 | Ceremony; Everything's Gone Green; Temptation; Blue Monday; Confusion; Thieves Like Us; The Perfect Kiss; Subculture; Shellshock; State of the Nation; Bizarre Love Triangle; True Faith
New Order | - | 0 | 6 | 60-4 | Blue Monday; Age of Consent
The Smiths | The Queen Is Dead | 2 | 4 | 90-33 | The Queen Is Dead; Frankly, Mr. Shankly; I Know It's Over; Never Had No One Ever; Cemetry Gates; Bigmouth Strikes Again; The Boy with the Thorn in His Side; Vicar in a Tutu; There Is a Light That Never Goes Out; Some Girls Are Bigger Than Others
John Coltrane | A Love Supreme | 7 | 0 | 115-4 | Part I - Acknowledgement; Part II - Resolution; Part III - Pursuance; Part IV - Psalm
John Coltrane | Blue Train | 4 | 1 | 84-61 | Blue Train; Moment's Notice; Locomotion; I'm Old Fashioned; Lazy Bird
Led Zeppelin | Led Zeppelin III | 2 | 4 | 76-20 | Immigrant Song; Friends; Celebration Day; Since I've Been Loving You; Out on the Tiles; Gallows Pole; Tangerine; That's the Way; Bron-Y-Aur Stomp; Hats Off to (Roy) Harper
Marvin Gaye | What's Going On (Deluxe Edition) | 5 | 3 | 101-3 | What's Going On; What's Happening Brother; Flyin' High (In the Friendly Sky); Save the Children; God Is Love; Mercy Mercy Me (The Ecology); Right On; Wholy Holy; Inner City Blues (Make Me Wanna Holler)
Stevie Wonder | Songs in the Key of Life | 2 | 6 | 93-16 | Love's in Need of Love Today; Have a Talk with God; Village Ghetto Land; Sir Duke; I Wish; Knocks Me Off My Feet; Pastime Paradise; Isn't She Lovely; Joy Inside My Tears; Black Man; As; Another Star
Fela Kuti | Expensive Shit | 4 | 0 | 58-6 | Expensive Shit; Water No Get Enemy
Fela Kuti | Zombie | 3 | 0 | 55-8 | Zombie; Mister Follow Follow
Kraftwerk | Trans-Europe Express | 6 | 2 | 99-2 | Europe Endless; The Hall of Mirrors; Showroom Dummies; Trans-Europe Express; Metal on Metal; Franz Schubert; Endless Endless
Brian Eno | Ambient 1: Music for Airports | 8 | 0 | 92-1 | 1/1; 2/1; 1/2; 2/2
Brian Eno & David Byrne | My Life in the Bush of Ghosts | 2 | 3 | 72-25 | America Is Waiting; Mea Culpa; Regiment; Help Me Somebody; The Jezebel Spirit; Very, Very Hungry; Moonlight in Glory; The Carrier; A Secret Life; Come with Us; Mountain of Needles
Various Artists | Artificial Intelligence | 3 | 2 | 74-18 | The Dice Man ~ Polygon Window; Musicology ~ Telefone 529; Autechre ~ Crystel; I.A.O. ~ The Clan; Speedy J ~ De-Orbit; Autechre ~ The Egg; Dr Alex Paterson ~ Loving You Live
Various Artists | The Harder They Come | 2 | 4 | 86-10 | Jimmy Cliff ~ You Can Get It If You Really Want; Scotty ~ Draw Your Brakes; The Melodians ~ Rivers of Babylon; Jimmy Cliff ~ Many Rivers to Cross; The Maytals ~ Sweet and Dandy; Jimmy Cliff ~ The Harder They Come; The Slickers ~ Johnny Too Bad; Desmond Dekker ~ 007 (Shanty Town); The Maytals ~ Pressure Drop; Jimmy Cliff ~ Sitting in Limbo
Prince | Purple Rain | 4 | 6 | 105-5 | Let's Go Crazy; Take Me with U; The Beautiful Ones; Computer Blue; Darling Nikki; When Doves Cry; I Would Die 4 U; Baby I'm a Star; Purple Rain
Prince | Sign "O" the Times | 1 | 5 | 50-19 | Sign "O" the Times; Play in the Sunshine; Housequake; The Ballad of Dorothy Parker; Starfish and Coffee; If I Was Your Girlfriend; I Could Never Take the Place of Your Man; Adore
The Cure | Disintegration (Deluxe Edition [Remastered]) | 4 | 5 | 91-5 | Plainsong; Pictures of You; Closedown; Lovesong; Last Dance; Lullaby; Fascination Street; Prayers for Rain; The Same Deep Water as You; Disintegration; Homesick; Untitled
Aphex Twin | Selected Ambient Works 85–92 | 4 | 5 | 87-1 | Xtal; Tha; Pulsewidth; Ageispolis; I; Green Calx; Heliosphan; We Are the Music Makers; Schottkey 7th Path; Ptolemy; Hedphelym; Delphium; Actium
My Bloody Valentine | Loveless | 5 | 6 | 100-0 | Only Shallow; Loomer; Touched; To Here Knows When; When You Sleep; I Only Said; Come in Alone; Sometimes; Blown a Wish; What You Want; Soon
Slowdive | Souvlaki | 3 | 3 | 98-55 | Alison; Machine Gun; 40 Days; Sing; Here She Comes; Souvlaki Space Station; When the Sun Hits; Altogether; Melon Yellow; Dagger
Cocteau Twins | Heaven or Las Vegas | 4 | 3 | 85-17 | Cherry-Coloured Funk; Pitch the Baby; Iceblink Luck; Fifty-Fifty Clown; Heaven or Las Vegas; I Wear Your Ring; Fotzepolitic; Wolf in the Breast; Road, River and Rail; Frou-Frou Foxes in Midsummer Fires
Nick Cave & the Bad Seeds | The Boatman's Call (2011 Remastered Version) | 4 | 3 | 82-4 | Into My Arms; Lime Tree Arbour; People Ain't No Good; Brompton Oratory; There Is a Kingdom; (Are You) The One That I've Been Waiting For?; Where Do We Go Now but Nowhere?; West Country Girl; Black Hair; Idiot Prayer; Far from Me; Green Eyes
Massive Attack | Mezzanine | 5 | 2 | 90-44 | Angel; Risingson; Teardrop; Inertia Creeps; Exchange; Dissolved Girl; Man Next Door; Black Milk; Mezzanine; Group Four; (Exchange)
Portishead | Dummy | 4 | 4 | 94-11 | Mysterons; Sour Times; Strangers; It Could Be Sweet; Wandering Star; It's a Fire; Numb; Roads; Pedestal; Biscuit; Glory Box
DJ Shadow | Endtroducing..... | 2 | 3 | 68-27 | Best Foot Forward; Building Steam with a Grain of Salt; The Number Song; Changeling; What Does Your Soul Look Like (Part 4); Stem/Long Stem; Mutual Slump; Organ Donor; Midnight in a Perfect World; Napalm Brain/Scatter Brain
A Tribe Called Quest | The Low End Theory | 4 | 4 | 81-6 | Excursions; Buggin' Out; Rap Promoter; Butter; Verses from the Abstract; Show Business; Vibes and Stuff; The Infamous Date Rape; Check the Rhime; Everything Is Fair; Jazz (We've Got); Skypager; What?; Scenario
椎名林檎 | 無罪モラトリアム | 4 | 5 | 83-20 | 正しい街; 歌舞伎町の女王; 丸の内サディスティック; 幸福論 (悦楽編); 茜さす 帰路照らされど…; シドと白昼夢; 積木遊び; ここでキスして。; 同じ夜; 警告; モルヒネ
宇多田ヒカル | First Love | 1 | 4 | 60-35 | Automatic -Album Edit-; Movin' on without you; In My Room; First Love; 甘いワナ; time will tell; Never Let Go; B&C -Album Version-; Another Chance; Give Me A Reason
КИНО | Группа крови | 3 | 3 | 76-9 | Группа крови; Закрой за мной дверь, я ухожу; Война; Спокойная ночь; Мама, мы все тяжело больны; Бошетунмай; В наших глазах; Попробуй спеть вместе со мной; Прохожий; Легенда
Boards of Canada | Music Has the Right to Children | 6 | 5 | 89-1 | Wildlife Analysis; An Eagle in Your Mind; The Color of the Fire; Telephasic Workshop; Triangles & Rhombuses; Sixtyten; Turquoise Hexagon Sun; Kaini Industries; Bocuma; Roygbiv; Rue the Whirl; Aquarius; Olson; Pete Standing Alone; Smokes Quantity; Open the Light; One Very Important Thought
Boards of Canada | In a Beautiful Place Out in the Country EP | 5 | 0 | 77-8 | Kid for Today; Amo Bishop Roden; In a Beautiful Place Out in the Country; Zoetrope
Daft Punk | Discovery | 2 | 8 | 85-12 | One More Time; Aerodynamic; Digital Love; Harder, Better, Faster, Stronger; Crescendolls; Nightvision; Superheroes; High Life; Something About Us; Voyager; Veridis Quo; Short Circuit; Face to Face; Too Long
Earth | Hex; or Printing in the Infernal Method | 2 | 1 | 48-15 | Mirage; Land of Some Other Order; The Dire and Ever Circling Wolves; Left in the Desert; Lens of Unrectified Night; An Inquest Concerning Teeth; Raiford (The Felon Wind); The Dry Lake; Tethered to the Polestar
Godspeed You! Black Emperor | Lift Yr. Skinny Fists Like Antennas to Heaven! | 9 | 0 | 95-1 | Storm; Static; Sleep; Antennas to Heaven
Sigur Rós | ( ) | 5 | 0 | 91-10 | Untitled #1; Untitled #2; Untitled #3; Untitled #4; Untitled #5; Untitled #6; Untitled #7; Untitled #8
Burial | Untrue | 4 | 3 | 74-15 | Archangel; Near Dark; Ghost Hardware; Endorphin; Etched Headplate; In McDonalds; Untrue; Shell of Light; Dog Shelter; Homeless; UK; Raver
Arthur Russell | World of Echo | 3 | 2 | 50-16 | Tone Bone Kone; Answers Me; Being It; Tree House; See-Through; Hiding Your Present from You; Wax the Van; All-Boy All-Girl; Lucky Cloud; Let's Go Swimming
David Bowie | Hunky Dory | 3 | 3 | 79-5 | Changes; Oh! You Pretty Things; Eight Line Poem; Life on Mars?; Kooks; Quicksand; Fill Your Heart; Andy Warhol; Song for Bob Dylan; Queen Bitch; The Bewlay Brothers
David Bowie | The Rise and Fall of Ziggy Stardust and the Spiders from Mars | 3 | 4 | 78-5 | Five Years; Soul Love; Moonage Daydream; Starman; It Ain't Easy; Lady Stardust; Star; Hang on to Yourself; Ziggy Stardust; Suffragette City; Rock 'n' Roll Suicide
Elis Regina & Antônio Carlos Jobim | Elis & Tom | 3 | 2 | 36-3 | Águas de Março; Pois É; Só Tinha de Ser com Você; Modinha; Triste; Corcovado; O Que Tinha de Ser; Retrato em Branco e Preto; Brigas, Nunca Mais; Por Toda a Minha Vida; Fotografia; Soneto de Separação; Chovendo na Roseira; Inútil Paisagem
Alice Coltrane | Journey in Satchidananda | 5 | 1 | 62-21 | Journey in Satchidananda; Shiva-Loka; Stopover Bombay; Something About John Coltrane; Isis and Osiris
D'Angelo | Voodoo | 4 | 6 | 22-0 | Playa Playa; Devil's Pie; Left & Right; The Line; Send It On; Chicken Grease; One Mo'Gin; The Root; Spanish Joint; Feel Like Makin' Love; Greatdayndamornin'/Booty; Untitled (How Does It Feel); Africa
Frank Ocean | Blonde | 4 | 8 | 90-2 | Nikes; Ivy; Pink + White; Be Yourself; Solo; Skyline To; Self Control; Good Guy; Nights; Solo (Reprise); Pretty Sweet; Facebook Story; Close to You; White Ferrari; Seigfried; Godspeed; Futura Free
Sufjan Stevens | Illinois | 2 | 5 | 97-30 | Concerning the UFO Sighting Near Highland, Illinois; Come On! Feel the Illinoise!; John Wayne Gacy, Jr.; Jacksonville; Decatur; Chicago; Casimir Pulaski Day; The Man of Metropolis Steals Our Hearts; The Predatory Wasp of the Palisades Is Out to Get Us!; The Seer's Tower
Floating Points, Pharoah Sanders & The London Symphony Orchestra | Promises | 3 | 0 | 44-1 | Movement 1; Movement 2; Movement 3; Movement 4; Movement 5; Movement 6; Movement 7; Movement 8; Movement 9
Kendrick Lamar | - | 0 | 5 | 30-3 | Alright; Money Trees
`;

// The records: facts about real ones. demo-sample.ts gives them ids.
//
// artist | title | year | form | label, catalogue number | genre: style | folder | months on the shelf | rating | shelf
//
// "{…}" is the name on this cover, "~&~" the word between two artists. Line order is the order of purchase.

export const sampleCollection = `
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
