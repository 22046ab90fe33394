/** A choice among named things. */

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly choose: (value: string) => void;
}

export function Choice({ name, label, hint, value, choices, choose }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {choices.map(([one, words]) => (
          <option value={one}>{words}</option>
        ))}
      </select>
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}
