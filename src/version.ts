// The product's name and version as told to banks and people; a test holds it equal to package.json.

export const PRODUCT = 'Goniec';
export const VERSION = '0.1.0';
