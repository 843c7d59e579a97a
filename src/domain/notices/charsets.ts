/** How a list is written for the program that opens it: UTF-8 with its mark, or CP932 for old ones. */
export const charsets = ['utf-8', 'cp932'] as const;
export type Charset = (typeof charsets)[number];
