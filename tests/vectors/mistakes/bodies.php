<?php
// Prints the body on standard input as a program in PHP mangles it: php bodies.php HOW.
$body = stream_get_contents(STDIN);
echo match ($argv[1]) {
    'version' => PHP_VERSION,
    'encode' => json_encode(json_decode($body)),
    'encode array' => json_encode(json_decode($body, true)),
    'encode bare' => json_encode(json_decode($body), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE),
    'encode pretty' => json_encode(json_decode($body), JSON_PRETTY_PRINT),
};
