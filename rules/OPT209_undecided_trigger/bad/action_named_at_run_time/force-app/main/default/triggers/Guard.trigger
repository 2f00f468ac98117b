trigger Guard on Contact (before update) {
    String name = System.now().format('E');
    ((Trigger_Action) Type.forName(name).newInstance()).run(Trigger.new);
}
