import { en } from './konsol.en';
import { id } from './konsol.id';
import { pick } from './pick';

export const konsol = pick(id, en);
