/** What a recipient's server or program wants differently. */
export const traitWords = {
  names: 'Files',
  nameText: (pattern: string) => `called ${pattern}; the name is fixed at the first delivery`,
  sequence: {
    never: (start: number, width: number) =>
      `running numbers of ${width} digits from ${start}, without a gap`,
    yearly: (start: number, width: number) =>
      `running numbers of ${width} digits, from ${start} again each year, without a gap`,
    daily: (start: number, width: number) =>
      `running numbers of ${width} digits, from ${start} again each day, without a gap`,
  },
  upload: 'Upload',
  inPlace: 'written under the final name: their server cannot rename',
  temporary: (pattern: string) => `temporary name ${pattern}`,
  blind: 'what their server says of free names is not believed',
  control: 'Control',
  controlText: (name: string, content: string) => `${name} (${content}) after the file is there`,
  content: {
    ...{ empty: 'empty', sha256: 'its SHA-256', details: 'name, bytes, SHA-256, cards' },
    checkpoint: 'name, bytes, SHA-256, cards, checkpoint',
  },
  theirName: (name: string) => `called ${name} there`,
  number: (sequence: number) => `number ${String(sequence)}`,
  controlThere: (name: string) => `control file ${name}`,
  weak: 'Weak SSH',
  weakText: (names: string) => `allowed if there is nothing better: ${names}`,
};
