import { hostname, userInfo } from 'node:os';

/**
 * Where an act comes from, as the log names it: the door, the machine and the operating system's account there, each in
 * the alphabet of a leaf.
 */
export function actOrigin(door: string): string {
  return `${door}:${plain(hostname())}:${plain(accountName())}`;
}

const NAME_LENGTH_MAX = 60;

function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, NAME_LENGTH_MAX);
}

/** A container may run under a number that has no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
