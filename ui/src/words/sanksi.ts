import { pick } from './pick';
import { en } from './sanksi.en';
import { id } from './sanksi.id';

export const sanksi = pick(id, en);
