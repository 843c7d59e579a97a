import type { PlannedEndpoint } from '../../domain/handoff/plan.ts';
import type { SftpEndpoint } from './courier.ts';

/** A planned endpoint as a courier takes it. A test file goes the same way as a batch, so both come through here. */
export function sftpEndpointOf(planned: Extract<PlannedEndpoint, { kind: 'sftp' }>): SftpEndpoint {
  const {
    kind: _kind,
    controlFile: _control,
    naming: _naming,
    rename = 'plain',
    ...rest
  } = planned;
  return { ...rest, rename };
}
