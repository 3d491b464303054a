import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

export function NewCollection({ onCreate, first }: { onCreate: (name: string) => void; first: boolean }): JSX.Element {
  const [name, setName] = useState('');
  return (
    <form
      class="new-collection"
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim() === '') return;
        onCreate(name.trim());
        setName('');
      }}
    >
      <label class="visually-hidden" for="new-collection">
        Name of a new collection
      </label>
      <input
        id="new-collection"
        value={name}
        maxLength={100}
        placeholder={first ? 'Name your first collection' : 'New collection'}
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <button type="submit" class="quiet" disabled={name.trim() === ''}>
        Create
      </button>
    </form>
  );
}
