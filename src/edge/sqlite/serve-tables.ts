/** Tables about what `serve` does by itself. */
export interface ServeTables {
  delivery_repeat: { leaf: number; batch: string; at: number };
  escalation: { leaf: number; kind: string; subject: string; due_at: number };
  serve_process: { mark: string };
  serve_round: { name: string; ran_at: number; code: string | null; leaf: number | null };
}
