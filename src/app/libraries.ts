/** What the screens stand on. Loaded before them, and so evaluated in a task of its own (see boot.ts). */
import 'react-dom/client';
