trigger Guard on Contact (before update) {
    String name = 'Nothing';
    ((Trigger_Action) Type.forName(name).newInstance()).run(Trigger.new);
}
