SELECT 'TODO', '-- FIXME', "XXX", todo FROM a;
