import { en } from './mirip.en';
import { id } from './mirip.id';
import { pick } from './pick';

export const mirip = pick(id, en);
