// STAND-IN by the lead until G writes this screen: overwrite freely.
export function cancelScreen(_data: unknown, _view: unknown): string[] { return []; }
export function decisionScreen(_data: unknown, _view: unknown): string[] { return []; }
export function requestScreen(_data: unknown, _view: unknown): string[] { return []; }
