import type { TableReader } from '../../exchange/configuration/configuration.ts';
import { readToml } from './toml-file.ts';

/** TOML files from the disk. */
export const tomlReader: TableReader = { read: (path, schema) => readToml(path, schema) };
