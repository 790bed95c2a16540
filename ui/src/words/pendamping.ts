import { en } from './pendamping.en';
import { id } from './pendamping.id';
import { pick } from './pick';

export const pendamping = pick(id, en);
