/** What the help of one command says, in one language. */
export interface CommandHelp {
  /** What the command does, on one line where it is listed. */
  readonly what: string;
  /** By the long form of the option, with its dashes; what is missing here stands in `HelpWords.options`. */
  readonly options?: Readonly<Record<string, string>>;
  /** By name; what is missing here stands in `HelpWords.arguments`. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** Lines below everything else, as they stand: examples, and what else there is to know. */
  readonly more?: readonly string[];
}

/** By the path of the command, such as `handoff prepare`; the program itself is the empty path. */
export type CommandsHelp = Readonly<Record<string, CommandHelp>>;

/** All words of the help, in one language. */
export interface HelpWords {
  readonly usage: string;
  readonly argumentsTitle: string;
  readonly optionsTitle: string;
  readonly commandsTitle: string;
  /** In the usage line, for what may stand there. */
  readonly anyOption: string;
  readonly anyCommand: string;
  /** The text of an option with what is known of it besides. */
  readonly withFacts: (text: string, facts: string) => string;
  readonly required: string;
  readonly preset: (value: string) => string;
  readonly choices: (values: string) => string;
  /** Of the command that shows the help of another, and of the option that shows it. */
  readonly helpCommand: string;
  readonly helpOption: string;
  /** Under the help of a command: where the options are that every command has. */
  readonly everywhere: string;
  readonly commands: CommandsHelp;
  /** Options and arguments that mean the same wherever they occur. */
  readonly options: Readonly<Record<string, string>>;
  readonly arguments: Readonly<Record<string, string>>;
}

/** The same commands, options and arguments in another language: none may be missing, none be over. */
export type TranslatedHelp<English extends CommandsHelp> = {
  readonly [Path in keyof English]: Translated<English[Path]>;
};

type Translated<Help extends CommandHelp> = {
  readonly what: string;
  readonly more?: readonly string[];
} & {
  readonly [Part in Exclude<keyof Help, 'what' | 'more'>]: {
    readonly [Name in keyof Help[Part]]: string;
  };
};
