/** Who acts where `serve` does something by itself, as the log names it. No officer can have this id. */
export const serveActor = 'service.serve';
