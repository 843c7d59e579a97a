const IPV6_GROUPS = 8;

/**
 * What counts as one source of connections: an address of IPv4, or the /64 of one of IPv6, all of which whoever has one
 * address has, because it is the least that anybody is given. Takes any text; throws nothing.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Math.max(0, IPV6_GROUPS - first!.length - last!.length);
  const groups = [...first!, ...Array<string>(zeros).fill('0'), ...last!];
  return `${groups.slice(0, IPV6_GROUPS / 2).join(':')}::/64`;
}
