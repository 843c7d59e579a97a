/**
 * Fingerprints of the keys in `keys.example/`, whose private halves everybody has. The demo and drills use them; a live
 * workspace must not, or anybody could approve in an officer's name and read what is sealed.
 */
export const exampleKeys = {
  'officer-1': '9FC9FA90D688888EF45FCF4B040E2AE6758DFAD6',
  'approver-1': 'C2F34169462C03F5BE4D300419F66E00D4B0E99C',
  psp: 'EFEADFDB41B71AAF450DE2229F30A2336A10C0F2',
  amex: '68FBD80D15A29059068FC09ABD422A12B04BFB94',
  'pfi-1': 'FC0876DD690F64886B16AA348CEAA4E1D7A1182F',
} as const;

export type ExampleName = keyof typeof exampleKeys;

const all: ReadonlySet<string> = new Set(Object.values(exampleKeys));

/** Whether a certificate is one of the example keys; `fingerprint` as this program writes it, 40 upper-case digits. */
export function isExampleKey(fingerprint: string): boolean {
  return all.has(fingerprint);
}
