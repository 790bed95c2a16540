// Which key means what for this person, on this machine.
import { keysOf, storeBindings, storeSingle, storedBindings, storedSingle, type Action, type Bindings, type Single } from './keys';

export class PressedKeys {
  bindings = $state.raw<Bindings>(storedBindings());
  /** Whether keys without Ctrl or Alt act. */
  single = $state<Single>(storedSingle());

  bind(bindings: Bindings): void {
    this.bindings = bindings;
    storeBindings(bindings);
  }

  switchSingle(single: Single): void {
    this.single = single;
    storeSingle(single);
  }

  /** The key of an action as it works now; '' where it has none. */
  keyOf(action: Action): string {
    return keysOf(action, this.bindings, this.single)[0] ?? '';
  }
}
