# Prints the body on standard input as a program in Ruby mangles it: ruby bodies.rb HOW.
require "json"
require "active_support"
require "active_support/json"

body = STDIN.read
mistakes = {
  "version" => -> { "#{RUBY_VERSION}, json #{JSON::VERSION}" },
  "version of ActiveSupport" => -> { ActiveSupport::VERSION::STRING },
  "generate" => -> { JSON.generate(JSON.parse(body)) },
  "generate ascii" => -> { JSON.generate(JSON.parse(body), ascii_only: true) },
  "pretty" => -> { JSON.pretty_generate(JSON.parse(body)) },
  "ActiveSupport" => -> { ActiveSupport::JSON.encode(ActiveSupport::JSON.decode(body)) },
}
print mistakes.fetch(ARGV[0]).call
