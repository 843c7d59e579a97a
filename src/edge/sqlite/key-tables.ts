/** Columns of `key_warning`. */
export interface KeyWarningTable {
  leaf: number;
  purpose: string;
  key: string;
  ends_at: number;
  days: number;
}

/** Columns of `own_key`. */
export interface OwnKeyTable {
  purpose: 'openpgp' | 'sftp' | 'log';
  number: number;
  fingerprint: string;
  state: 'in-use' | 'retiring' | 'retired';
  leaf: number | null;
  made_at: number | null;
}
