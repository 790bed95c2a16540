import { en } from './masuk.en';
import { id } from './masuk.id';
import { pick } from './pick';

export const masuk = pick(id, en);
