import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words about filling an anchor. */
export const anchorWords = {
  filled: (added: number, checkpoints: number, size: number) =>
    `The anchor got ${counted(added, 'checkpoint')} that it lacked, and a new one over ${counted(size, 'entry', 'entries')}; it holds ${figure(checkpoints)} now.`,
  filledMeans:
    'From now on the log is held against this directory. That it was filled, and why, stands in the log.',
};

export type AnchorWords = typeof anchorWords;
