/** What the SSH library keeps to itself, of a client and of a connection to a server alike. */
export interface InnerProtocol {
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(bytes: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  channelData(channel: number, data: Buffer): void;
}

export function protocolOf(side: object): InnerProtocol {
  return (side as { readonly _protocol: InnerProtocol })._protocol;
}

/** Sends one packet with this content, from its message number on (RFC 4253 section 6), whatever it says. */
export function sendPayload({ _cipher, _packetRW }: InnerProtocol, payload: Buffer): void {
  const { write } = _packetRW;
  const packet = write.alloc(payload.length);
  packet.set(payload, write.allocStart);
  _cipher.encrypt(write.finalize(packet));
}
