export function expandRows(form: string, type: string, style?: string): string;
