import type { Facts } from '../../../../domain/fault.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';
import { counted } from './counted.ts';

const source = (f: Facts): string =>
  factOf(f, 'file') ?? `source${about(f, 'source', (n) => ` ${n}`)}`;
const share = (f: Facts, n: string): string => {
  const of = factOf(f, 'of');
  return of === undefined ? counted(n, 'record') : `${n} of ${counted(of, 'record')}`;
};
const line = (f: Facts): string => about(f, 'line', (n) => `, line ${n}`);
const nothingKept = 'Nothing was stored, nothing was sent.';
const column = (f: Facts): string => fact(f, 'column', '?');
const header = (f: Facts): string => about(f, 'header', (h) => ` "${h}"`);
const dataKinds: Readonly<Record<string, string>> = {
  'security-code': 'card security codes',
  cvv: 'card security codes',
  track: 'magnetic stripe data',
  'pin-block': 'PIN blocks',
  pin: 'PINs',
};
const looks: Readonly<Record<string, string>> = {
  xlsx: 'an Excel workbook',
  xls: 'an old Excel workbook',
  zip: 'a ZIP archive',
  pdf: 'a PDF',
  openpgp: 'an OpenPGP message that was cut off at the front',
  'openpgp-armored': 'an OpenPGP file that is no encrypted message',
};
const fittingSpec = (f: Facts): Step[] => {
  const name = factOf(f, 'fits');
  return name === undefined
    ? []
    : [{ command: `--source FILE=${name}`, label: 'its columns are those of this source spec' }];
};
const askForText: Step =
  'ask the sender for the same list as text: CSV in UTF-8, or one number per line, best encrypted to our key';

export const intakeFaults = {
  'source-empty': {
    what: (f) => `${source(f)} is refused: it holds no records`,
    means: () => nothingKept,
    next: () => ['check that the export ran to its end, and that this is the right file'],
  },
  'format-not-text': {
    what: (f) =>
      `${source(f)} is refused: it is ${looks[fact(f, 'looks_like', '')] ?? fact(f, 'looks_like', 'not a text file')}, not a list in text`,
    means: () =>
      `Spreadsheets change long numbers when they save, so only text is read. ${nothingKept}`,
    next: () => [
      askForText,
      { command: 'mimamori key export --openpgp', label: 'the key they should encrypt it to' },
    ],
  },
  'nul-bytes': {
    what: (f) => `${source(f)}${line(f)} is refused: it holds NUL bytes`,
    means: () => `The file is damaged, or its encoding is another one. ${nothingKept}`,
    next: (f) => [
      {
        command: 'mimamori handoff prepare … --encoding utf-16le',
        label: about(f, 'looks_like', () => 'it looks like UTF-16') || 'if it is UTF-16',
      },
      askForText,
    ],
  },
  'encoding-ambiguous': {
    what: (f) =>
      `${source(f)} is refused: its encoding could be any of ${fact(f, 'candidates', 'several')}`,
    means: () => `A wrong guess would garble column names and references. ${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --encoding shift_jis',
        label: 'or euc-jp; the sender knows',
      },
    ],
  },
  'encoding-invalid': {
    what: (f) =>
      `${source(f)}${line(f)} is refused: it is not valid ${fact(f, 'encoding', 'text') === 'auto' ? 'in any encoding we know' : fact(f, 'encoding', 'text')}`,
    means: (f) =>
      `${about(f, 'offset', (n) => `The first wrong byte is byte ${n} of the file. `)}${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --encoding …',
        label: 'utf-8, utf-16le, shift_jis or euc-jp',
      },
      'if the encoding is right, the file is damaged: ask the sender for a new copy',
    ],
  },
  'line-too-long': {
    what: (f) =>
      `${source(f)}${line(f)} is refused: the line is too long${about(f, 'max', (n) => ` (at most ${n} bytes)`)}`,
    means: () =>
      `A list of cards has no such lines: this is another kind of file, or its line ends were lost. ${nothingKept}`,
    next: () => [askForText],
  },
  'quote-unbalanced': {
    what: (f) =>
      `${source(f)} is refused: a quote that opens${about(f, 'line', (n) => ` in line ${n}`)} never closes`,
    means: () => `Everything after it would be read as one field. ${nothingKept}`,
    next: (f) => [
      `look at line ${fact(f, 'line', '?')} in a text editor, or ask the sender to export again`,
    ],
  },
  'quote-misplaced': {
    what: (f) =>
      `${source(f)}${line(f)}${about(f, 'column', (n) => `, column ${n}`)} is refused: a quote stands where none may be (RFC 4180)`,
    means: () => `Where the fields of this line end cannot be known. ${nothingKept}`,
    next: () => [
      'ask the sender to export with standard quoting: quotes around the whole field, doubled inside it',
    ],
  },
  'too-many-columns': {
    what: (f) =>
      `${source(f)}${line(f)} is refused: it has more than ${fact(f, 'max', 'the allowed number of')} columns`,
    means: () => nothingKept,
    next: () => ['check the delimiter; one column a record is enough: the card number'],
  },
  'column-missing': {
    what: (f) =>
      `${source(f)} is refused: there is no column for ${fact(f, 'column', 'what is needed')}${about(f, 'wanted', (w) => ` called "${w}"`)}`,
    means: (f) => `${about(f, 'header', (h) => `Its columns are: ${h}. `)}${nothingKept}`,
    next: (f) => [
      ...fittingSpec(f),
      {
        command: `mimamori handoff prepare … --columns ${fact(f, 'column', 'pan')}=NAME`,
        label: 'by name, or #n for the nth',
      },
    ],
  },
  'column-ambiguous': {
    what: (f) =>
      `${source(f)} is refused: several columns could be ${fact(f, 'column', 'the one that is needed')}${about(f, 'positions', (p) => ` (${p})`)}`,
    means: () => nothingKept,
    next: (f) => [
      {
        command: `mimamori handoff prepare … --columns ${fact(f, 'column', 'pan')}=#n`,
        label: 'the one you mean',
      },
    ],
  },
  'column-repeated': {
    what: (f) =>
      `column ${column(f)} of ${source(f)} was named twice${about(f, 'purposes', (p) => ` (${p})`)}`,
    means: () => nothingKept,
    next: () => ['name each column for one purpose only'],
  },
  'channel-unmapped': {
    what: (f) => `${source(f)} is refused: it does not say through which channel each order came`,
    means: () =>
      `The exposure windows of this incident are for certain channels, so every record needs one. ${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --columns channel=NAME',
        label: 'a column that says it',
      },
      {
        command: 'mimamori handoff prepare … --channel web',
        label: 'if all records are of one channel',
      },
    ],
  },
  'merchant-unmapped': {
    what: (f) => `${source(f)} is refused: it does not say whose records it holds`,
    means: () =>
      `The incident covers several merchants, so every record needs one of them. ${nothingKept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare … --columns merchant=NAME',
        label: 'a column that says it',
      },
      {
        command: 'mimamori handoff prepare … --merchant ID',
        label: 'if all records are of one merchant',
      },
    ],
  },
  'expiry-ambiguous': {
    what: (f) => `${source(f)} is refused: expiry dates could be month-year or year-month`,
    means: (f) =>
      `${about(f, 'of', (n) => `Of ${counted(n, 'date')} looked at, `)}${about(f, 'as_month_year', (n) => `${n} ${n === '1' ? 'allows' : 'allow'} only month-year, `)}${about(f, 'as_year_month', (n) => `${n} only year-month. `)}${nothingKept}`,
    next: () => [
      'write expiry_format = "MMYY" or "YYMM" into the source spec; the sender knows which',
    ],
  },
  'date-ambiguous': {
    what: (f) =>
      `${source(f)} is refused: its dates can be read in several ways${about(f, 'of', (n) => ` (${counted(n, 'date')} looked at)`)}`,
    means: (f) =>
      `Days before months, months before days, or years of two digits: a wrong guess puts orders into the wrong window. ${about(f, 'as_day_month', (n) => `${n} can only be day-month, `)}${about(f, 'as_month_day', (n) => `${n} only month-day. `)}${nothingKept}`,
    next: () => [
      'write date_format = "DD/MM/YYYY", "MM/DD/YYYY" or "YY/MM/DD" into the source spec; the sender knows which',
      { command: 'mimamori handoff prepare … --preview', label: 'shows how dates are then read' },
    ],
  },
  'migration-export': {
    what: (f) =>
      `${source(f)} is refused: it is an export of stored cards, as ${fact(f, 'made_by', 'a processor')} makes it for another processor`,
    means: () =>
      `Such a file holds the number of every customer there ever was, not those of an incident. Only the two processors may hold it. ${nothingKept}`,
    next: () => [
      'remove this copy, and tell whoever holds the original',
      'ask the processor to pick the cards of the incident: they can work from order references',
      {
        command: 'mimamori key export --openpgp',
        label: 'the key they should encrypt that list to',
      },
    ],
  },
  'kinds-mixed': {
    what: (f) =>
      `the sources are refused: ${fact(f, 'references', 'some')} of kind references, ${fact(f, 'others', 'some')} with card numbers`,
    means: () =>
      `A handoff is of cards or of references: one file has one layout, and the answer to references is another one. ${nothingKept}`,
    next: () => ['prepare two handoffs of the same incident, one for each sort of source'],
  },
  'no-card-numbers': {
    what: (f) =>
      `${source(f)} is refused: it holds no card numbers. Its columns are those of ${fact(f, 'fits', 'a cart')}, which exports none`,
    means: () =>
      `Most shops hold no card numbers; then the processor or the investigator has them. ${nothingKept}`,
    next: (f) => [
      'ask the processor or the investigator for the cards of these orders, encrypted to our key',
      {
        command: `mimamori handoff prepare … --source FILE=${fact(f, 'fits', 'SPEC')} --kind references`,
        label: 'or hand over the order references, and let the processor resolve them',
      },
      {
        command: `mimamori handoff prepare … --source FILE=${fact(f, 'fits', 'SPEC')} --columns pan=NAME`,
        label: 'if the shop added a column with card numbers',
      },
    ],
  },
  'sensitive-data': {
    what: (f) =>
      `${source(f)} is refused: column ${column(f)}${header(f)} holds ${dataKinds[fact(f, 'kind', '')] ?? 'sensitive authentication data'}${about(f, 'hits', (n) => ` (in ${share(f, n)} looked at)`)}`,
    means: () => `PCI DSS 3.3.1 forbids keeping them, even encrypted. ${nothingKept}`,
    next: (f) => [
      {
        command: `mimamori handoff prepare … --ignore-column '#${column(f)}'`,
        label: 'the column is then never read',
      },
      'ask the sender for the list without it, and remove this copy',
      {
        command: `mimamori handoff prepare … --not-sensitive '#${column(f)}' --reason "…"`,
        label: 'only if it is a false alarm; recorded',
      },
    ],
  },
  'spreadsheet-damaged-source': {
    what: (f) =>
      `${source(f)} is refused: a spreadsheet changed its card numbers${about(f, 'damaged', (n) => ` (${share(f, n)})`)}`,
    means: () =>
      `Spreadsheets keep 15 digits and turn the rest into zeros or into 4.1E+15. The lost digits cannot be found again. ${nothingKept}`,
    next: () => [
      'ask the sender to export again straight to text, without opening the file in a spreadsheet',
      'a column format of "text", set before the numbers were entered, keeps them whole',
    ],
  },
  'masked-source': {
    what: (f) =>
      `${source(f)} is refused: its card numbers are masked${about(f, 'masked', (n) => ` (${share(f, n)})`)}`,
    means: () => `Nobody can watch a card of which only the last digits are known. ${nothingKept}`,
    next: () => [
      'ask the processor for the full list: they hold the numbers and can work from order references',
      'or hand over the order references, and let the processor resolve them',
    ],
  },
  'source-repeated': {
    what: (f) =>
      `${source(f)} is refused: it is the same, byte for byte, as source ${fact(f, 'same_as', 'before it')}`,
    means: () => `A file was named twice, or copied in the place of another. ${nothingKept}`,
    next: () => ['name each file once, and look whether the other list is missing'],
  },
  'source-missing': {
    what: (f) => `${source(f)} does not exist`,
    means: () => 'Nothing was read, nothing was stored.',
    next: () => ['check the path'],
  },
  'source-not-a-file': {
    what: (f) => `${source(f)} is not a file`,
    means: () => 'Directories, pipes and devices are not read. Nothing was stored.',
    next: () => [
      { command: 'mimamori handoff prepare … --source -', label: 'reads from standard input' },
    ],
  },
  'source-unreadable': {
    what: (f) =>
      f['what'] === 'folder'
        ? `the folder of ${source(f)} cannot be listed`
        : `${source(f)} cannot be read`,
    means: (f) =>
      f['what'] === 'folder' ? 'Copies of it may lie there. Nothing was removed.' : nothingKept,
    next: (f) => [
      `check who may ${f['what'] === 'folder' ? 'list it' : 'read the file'}, and whether the disk is sound`,
    ],
  },
} as const satisfies Record<string, FaultWords>;
