/**
 * Characters that the same name is written with now in one form and now in another: old and new forms, and the forms of
 * registers (異体字). The first of a group stands for all of it. A search class only: as names 斎 and 斉 differ, and a
 * caller who says one may stand in the shop's records with the other. NFKC joins none of these.
 */
const groups = [
  ...[
    '高髙',
    '崎﨑嵜',
    '吉𠮷',
    '辺邊邉',
    '斎齋斉齊',
    '沢澤',
    '浜濱濵',
    '桜櫻',
    '広廣',
    '徳德',
    '国國',
  ],
  ...[
    '島嶋嶌',
    '滝瀧',
    '竜龍',
    '栄榮',
    '恵惠',
    '塩鹽',
    '関關',
    '亀龜',
    '宝寶',
    '真眞',
    '実實',
    '静靜',
  ],
  ...[
    '寿壽',
    '条條',
    '秋穐',
    '富冨',
    '峰峯',
    '曽曾',
    '藪薮籔',
    '桧檜',
    '槙槇',
    '蔵藏',
    '学學',
    '児兒',
  ],
  ...[
    '鉄鐵銕',
    '館舘',
    '渕淵渊',
    '船舩',
    '角⻆',
    '柳栁',
    '橋𣘺槗',
    '梅楳',
    '松枩',
    '野埜',
    '村邨',
    '戸戶',
  ],
  ...[
    '黒黑',
    '瀬瀨',
    '頼賴',
    '清淸',
    '青靑',
    '弥彌',
    '礼禮',
    '豊豐',
    '芦蘆',
    '万萬',
    '来來',
    '麦麥',
  ],
  ...[
    '祢禰',
    '桑桒',
    '刈苅',
    '巌巖',
    '尭堯',
    '乗乘',
    '穂穗',
    '稲稻',
    '聡聰',
    '縄繩',
    '緑綠',
    '荘莊',
  ],
  ...['覚覺', '誉譽', '遥遙', '郷鄕', '鎌鐮', '顕顯', '鶴靏靍', '鴎鷗', '麹麴', '会會', '円圓'],
  ...['沖冲', '土圡', '浅淺', '遠逺', '経經', '継繼', '県縣', '芸藝'],
] as const;

export const nameVariants: ReadonlyMap<string, string> = new Map(
  groups.flatMap((group) => {
    const [first, ...others] = Array.from(group);
    return others.map((other) => [other, first!] as const);
  }),
);
