export function canRehearse(): boolean;
export function rehearsal(): {
  readonly calls: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
};
